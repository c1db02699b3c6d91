/*
 * Model 3's event loop in C: one thread waits for all its sockets with epoll, reads, does the business
 * itself, and writes. A client is read again only when its replies are written.
 *
 * Another thread may add clients; after that only the loop's own thread touches them.
 */
#pragma once
#include <sys/epoll.h>

#include "protocol.h"
#include "listen.h"

struct client {
  int connfd, result;
  size_t sent;
  struct buffer in, out;
};

static __attribute__((unused)) void add_client(int epoll, int connfd) {
  struct client *c = calloc(1, sizeof *c);
  int on = 1;
  c->connfd = connfd;
  setsockopt(connfd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  epoll_ctl(epoll, EPOLL_CTL_ADD, connfd, &event);
}

static void drop(struct client *c) {
  close(c->connfd);
  free(c->in.bytes);
  free(c->out.bytes);
  free(c);
}

/* Writes what the kernel takes, and waits for room or for the next bytes. */
static void write_on(int epoll, struct client *c) {
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  while (c->sent < c->out.length && event.events == EPOLLIN) {
    ssize_t count = send(c->connfd, c->out.bytes + c->sent, c->out.length - c->sent, 0);
    if (count >= 0) c->sent += (size_t)count;
    else if (errno == EAGAIN) event.events = EPOLLOUT;
    else return drop(c);
  }
  if (event.events == EPOLLIN) c->sent = c->out.length = 0;
  if (event.events == EPOLLIN && c->result == CLOSE) return drop(c);
  epoll_ctl(epoll, EPOLL_CTL_MOD, c->connfd, &event);
}

static void on_ready(int epoll, struct client *c, uint32_t events) {
  if (events & EPOLLIN) {
    ssize_t count = recv(c->connfd, room_for(&c->in, 65536), 65536, 0);
    if (count <= 0) return drop(c);
    c->in.length += (size_t)count;
    c->result = answer_all(&c->in, &c->out);
  } else if (!(events & EPOLLOUT)) {
    return drop(c);
  }
  write_on(epoll, c);
}

/* Serves its clients for ever. With a listening socket, which does not block, it also accepts. */
static __attribute__((unused)) void run_loop(int epoll, int listener) {
  struct epoll_event ready[64], event = {.events = EPOLLIN, .data.ptr = NULL};
  if (listener >= 0) epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    /* One at a time: whoever has nothing to do can take the next. */
    int count = epoll_wait(epoll, ready, listener < 0 ? 64 : 1, -1);
    for (int i = 0; i < count; i++) {
      if (ready[i].data.ptr != NULL) {
        on_ready(epoll, ready[i].data.ptr, ready[i].events);
        continue;
      }
      int connfd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
      /* Another process may have been first. */
      if (connfd >= 0) add_client(epoll, connfd);
    }
  }
}
