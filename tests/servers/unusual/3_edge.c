/*
 * Right for lesson 3, and unusual: epoll that tells each change once (EPOLLET), so that the loop reads
 * and writes until the kernel says EAGAIN, and watches for both all the time.
 *
 * A client whose replies are not gone is not read on; what has come meanwhile is looked at when they are.
 */
#define _GNU_SOURCE
#include <sys/epoll.h>

#include "../other_languages/protocol.h"
#include "../other_languages/listen.h"

struct client {
  int connfd, result;
  struct buffer in, out;
};

/* Returns 0 when the client's replies are gone, and it may be read. */
static int write_all_now(struct client *c) {
  size_t sent = 0;
  while (sent < c->out.length) {
    ssize_t count = send(c->connfd, c->out.bytes + sent, c->out.length - sent, 0);
    if (count < 0 && errno != EAGAIN) c->result = CLOSE, sent = c->out.length;
    if (count < 0) break;
    sent += (size_t)count;
  }
  drop_front(&c->out, sent);
  return c->out.length > 0;
}

static void on_change(struct client *c) {
  while (!write_all_now(c) && c->result != CLOSE) {
    ssize_t count = recv(c->connfd, room_for(&c->in, 65536), 65536, 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) c->result = CLOSE;
    else c->in.length += (size_t)count, c->result = answer_all(&c->in, &c->out);
  }
  if (c->out.length > 0) return;
  close(c->connfd);
  free(c->in.bytes);
  free(c->out.bytes);
  free(c);
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv), epoll = epoll_create1(0);
  struct epoll_event ready[64], event = {.events = EPOLLIN};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int count = epoll_wait(epoll, ready, 64, -1);
    for (int i = 0; i < count; i++) {
      if (ready[i].data.ptr != NULL) {
        on_change(ready[i].data.ptr);
        continue;
      }
      struct client *c = calloc(1, sizeof *c);
      c->connfd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
      event = (struct epoll_event){.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c};
      epoll_ctl(epoll, EPOLL_CTL_ADD, c->connfd, &event);
    }
  }
}
