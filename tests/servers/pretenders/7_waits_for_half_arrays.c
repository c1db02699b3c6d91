/*
 * Pretends to be lesson 7. Wrong: the thread of a client that has sent half of an array stays, and waits for
 * the other half. Only half a line goes back to the watching.
 *
 * A client that sends the beginning of a large request, and no more, keeps a thread for good.
 *
 * Loses: 7.P2
 */
#define _GNU_SOURCE
#include "../other_languages/dealer.h"

struct client {
  int connfd, epoll;
  struct buffer in, out;
};

static void watch(struct client *c, int how) {
  struct epoll_event event = {.events = EPOLLIN | EPOLLONESHOT, .data.ptr = c};
  epoll_ctl(c->epoll, how, c->connfd, &event);
}

/* Reads until there is no half array, works, and writes. Returns CLOSE when the client is to go. */
static int once(struct client *c) {
  int result;
  do {
    ssize_t count = recv(c->connfd, room_for(&c->in, 65536), 65536, 0);
    if (count <= 0) return CLOSE;
    c->in.length += (size_t)count;
    result = answer_all(&c->in, &c->out);
    if (write_all(c->connfd, c->out.bytes, c->out.length) != 0) return CLOSE;
    c->out.length = 0;
  } while (result != CLOSE && c->in.length > 0 && c->in.bytes[0] == '*');
  return result;
}

/* One event, in a thread of its own. */
static void *serve(void *argument) {
  struct client *c = argument;
  if (once(c) != CLOSE) {
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
