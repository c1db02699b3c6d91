/*
 * Model 7 in C: watching threads wait for the sockets that the main thread deals out to them. When a
 * socket is ready, a new thread reads, does the business, writes, and ends.
 *
 * A client belongs to its watcher's epoll, or to one thread: EPOLLONESHOT stops the watching when it is
 * ready, and the thread starts it again when it is done.
 */
#define _GNU_SOURCE
#include "dealer.h"

struct client {
  int connfd, epoll;
  struct buffer in, out;
};

static void watch(struct client *c, int how) {
  struct epoll_event event = {.events = EPOLLIN | EPOLLONESHOT, .data.ptr = c};
  epoll_ctl(c->epoll, how, c->connfd, &event);
}

/* One event, in a thread of its own. */
static void *serve(void *argument) {
  struct client *c = argument;
  ssize_t count = recv(c->connfd, room_for(&c->in, 65536), 65536, 0);
  int result = CLOSE;
  if (count > 0) {
    c->in.length += (size_t)count;
    result = answer_all(&c->in, &c->out);
    if (write_all(c->connfd, c->out.bytes, c->out.length) != 0) result = CLOSE;
    c->out.length = 0;
  }
  if (result != CLOSE) {
    watch(c, EPOLL_CTL_MOD);
    return NULL;
  }
  close(c->connfd);
  free(c->in.bytes);
  free(c->out.bytes);
  free(c);
  return NULL;
}

static void *watcher(void *epoll) {
  struct epoll_event ready;
  for (;;) {
    pthread_t thread;
    /* A SIGCONT interrupts the wait. */
    if (epoll_wait((int)(intptr_t)epoll, &ready, 1, -1) != 1) continue;
    if (pthread_create(&thread, NULL, serve, ready.data.ptr) == 0) pthread_detach(thread);
  }
  return NULL;
}

static void add_client(int epoll, int connfd) {
  struct client *c = calloc(1, sizeof *c);
  c->connfd = connfd;
  c->epoll = epoll;
  watch(c, EPOLL_CTL_ADD);
}

int main(int argc, char **argv) {
  deal(listen_on(argc, argv), 0, argc > 2 ? atoi(argv[2]) : 2, watcher, add_client);
}
