/*
 * Right for lesson 3, and unusual: `select`, and sockets that block: as in 1983.
 *
 * It writes only as much as the kernel says there is room for, with MSG_DONTWAIT; while a client's
 * replies are not gone it is not read.
 */
#include <sys/select.h>

#include "../other_languages/protocol.h"
#include "../other_languages/listen.h"

static struct client {
  int used, result;
  struct buffer in, out;
} clients[FD_SETSIZE];

static void drop(int fd) {
  struct client *c = &clients[fd];
  close(fd);
  free(c->in.bytes);
  free(c->out.bytes);
  *c = (struct client){0};
}

static void write_on(int fd) {
  struct client *c = &clients[fd];
  ssize_t count = send(fd, c->out.bytes, c->out.length, MSG_DONTWAIT);
  if (count < 0 && errno != EAGAIN) return drop(fd);
  if (count > 0) drop_front(&c->out, (size_t)count);
  if (c->out.length == 0 && c->result == CLOSE) drop(fd);
}

static void read_on(int fd) {
  struct client *c = &clients[fd];
  ssize_t count = recv(fd, room_for(&c->in, 65536), 65536, 0);
  if (count <= 0) return drop(fd);
  c->in.length += (size_t)count;
  c->result = answer_all(&c->in, &c->out);
  if (c->out.length > 0 || c->result == CLOSE) write_on(fd);
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv);
  for (;;) {
    fd_set reads, writes;
    FD_ZERO(&reads);
    FD_ZERO(&writes);
    FD_SET(listener, &reads);
    for (int fd = 0; fd < FD_SETSIZE; fd++) {
      if (clients[fd].used) FD_SET(fd, clients[fd].out.length > 0 ? &writes : &reads);
    }
    if (select(FD_SETSIZE, &reads, &writes, NULL, NULL) < 0) continue;
    for (int fd = 0; fd < FD_SETSIZE; fd++) {
      if (fd != listener && FD_ISSET(fd, &writes)) write_on(fd);
      else if (fd != listener && FD_ISSET(fd, &reads)) read_on(fd);
    }
    if (!FD_ISSET(listener, &reads)) continue;
    int connfd = accept(listener, NULL, NULL);
    if (connfd >= FD_SETSIZE) close(connfd);
    else if (connfd >= 0) clients[connfd].used = 1;
  }
}
