/*
 * Model 4 in C: the main thread waits for all sockets with epoll, and only it reads and writes. A fixed
 * number of workers does the business, one request of a connection at a time.
 *
 * A client belongs to the main thread, or, from `put` into `jobs` until `take` out of `done`, to the
 * workers; meanwhile it is not watched.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include "protocol.h"
#include "listen.h"

struct client {
  int connfd, result;
  size_t sent;
  struct buffer in, out;
  struct client *next;
};

/* A queue of clients. */
struct queue {
  pthread_mutex_t lock;
  pthread_cond_t filled;
  struct client *first, **last;
};

static struct queue jobs, done;
static int epoll, bell;

static void init(struct queue *q) {
  pthread_mutex_init(&q->lock, NULL);
  pthread_cond_init(&q->filled, NULL);
  q->last = &q->first;
}

static void put(struct queue *q, struct client *c) {
  pthread_mutex_lock(&q->lock);
  c->next = NULL;
  *q->last = c;
  q->last = &c->next;
  pthread_cond_signal(&q->filled);
  pthread_mutex_unlock(&q->lock);
}

/* The oldest; when there is none, waits for one or returns NULL. */
static struct client *take(struct queue *q, int wait) {
  pthread_mutex_lock(&q->lock);
  while (wait && q->first == NULL) pthread_cond_wait(&q->filled, &q->lock);
  struct client *c = q->first;
  if (c != NULL && (q->first = c->next) == NULL) q->last = &q->first;
  pthread_mutex_unlock(&q->lock);
  return c;
}

static void *work(void *unused) {
  for (;;) {
    struct client *c = take(&jobs, 1);
    c->result = answer_one(&c->in, &c->out);
    put(&done, c);
    eventfd_write(bell, 1);
  }
  return unused;
}

static void watch(struct client *c, uint32_t events) {
  struct epoll_event event = {.events = events | EPOLLONESHOT, .data.ptr = c};
  epoll_ctl(epoll, EPOLL_CTL_MOD, c->connfd, &event);
}

static void drop(struct client *c) {
  close(c->connfd);
  free(c->in.bytes);
  free(c->out.bytes);
  free(c);
}

static void accept_one(int listener) {
  struct client *c = calloc(1, sizeof *c);
  int on = 1;
  c->connfd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
  if (c->connfd < 0) return free(c);
  setsockopt(c->connfd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct epoll_event event = {.events = EPOLLIN | EPOLLONESHOT, .data.ptr = c};
  epoll_ctl(epoll, EPOLL_CTL_ADD, c->connfd, &event);
}

/* Writes what is to be written; then the next request goes to a worker, or more bytes are awaited. */
static void go_on(struct client *c) {
  while (c->sent < c->out.length) {
    ssize_t count = send(c->connfd, c->out.bytes + c->sent, c->out.length - c->sent, 0);
    if (count < 0 && errno == EAGAIN) return watch(c, EPOLLOUT);
    if (count < 0) return drop(c);
    c->sent += (size_t)count;
  }
  c->sent = c->out.length = 0;
  if (c->result == CLOSE) return drop(c);
  struct word words[MOST_WORDS];
  int count;
  size_t taken;
  if (parse(&c->in, words, &count, &taken, NULL) == NEED_MORE) watch(c, EPOLLIN);
  else put(&jobs, c);
}

static void on_ready(struct client *c, uint32_t events) {
  if (events & EPOLLIN) {
    ssize_t count = recv(c->connfd, room_for(&c->in, 16384), 16384, 0);
    if (count <= 0) return drop(c);
    c->in.length += (size_t)count;
  } else if (!(events & EPOLLOUT)) {
    return drop(c);
  }
  go_on(c);
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv), workers = argc > 2 ? atoi(argv[2]) : 4;
  struct epoll_event ready[64], event = {.events = EPOLLIN, .data.ptr = &listener};
  epoll = epoll_create1(0);
  bell = eventfd(0, EFD_NONBLOCK);
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  event.data.ptr = &bell;
  epoll_ctl(epoll, EPOLL_CTL_ADD, bell, &event);
  init(&jobs);
  init(&done);
  for (pthread_t thread; workers > 0; workers--) pthread_create(&thread, NULL, work, NULL);
  for (;;) {
    int count = epoll_wait(epoll, ready, 64, -1);
    for (int i = 0; i < count; i++) {
      eventfd_t rung;
      if (ready[i].data.ptr == &listener) accept_one(listener);
      else if (ready[i].data.ptr == &bell) eventfd_read(bell, &rung);
      else on_ready(ready[i].data.ptr, ready[i].events);
    }
    for (struct client *c; (c = take(&done, 0)) != NULL;) go_on(c);
  }
}
