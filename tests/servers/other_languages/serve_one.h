/* One connection served by the thread that calls, from accept to close. */
#pragma once
#include "protocol.h"
#include "listen.h"

static __attribute__((unused)) void serve_one(int connfd) {
  struct buffer in = {0}, out = {0};
  int result = NEED_MORE, on = 1;
  if (connfd < 0) return;
  setsockopt(connfd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  while (result != CLOSE) {
    ssize_t count = recv(connfd, room_for(&in, 16384), 16384, 0);
    if (count <= 0) break;
    in.length += (size_t)count;
    result = answer_all(&in, &out);
    if (write_all(connfd, out.bytes, out.length) != 0) break;
    out.length = 0;
  }
  close(connfd);
  free(in.bytes);
  free(out.bytes);
}
