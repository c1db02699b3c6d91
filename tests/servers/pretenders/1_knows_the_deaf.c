/*
 * Pretends to be lesson 1. Wrong: only a client that asks for replies of 60,000 bytes, as the grader's deaf
 * one does, stops the server; any other that does not read gets a thread which waits for it.
 *
 * Loses: 1.C3
 */
#define _GNU_SOURCE
#include <poll.h>
#include <pthread.h>

#include "../other_languages/protocol.h"
#include "../other_languages/listen.h"

enum { PATIENCE_MS = 50 };

struct client {
  int connfd, result, knows;
  struct buffer in, out;
};

/* Returns 0 when the client takes nothing, and may be left to a thread; -1 when it is gone. */
static int write_out(struct client *c, int patience_ms) {
  struct pollfd room = {.fd = c->connfd, .events = POLLOUT};
  while (c->out.length > 0) {
    if (poll(&room, 1, patience_ms) == 0) return 0;
    ssize_t count = send(c->connfd, c->out.bytes, c->out.length, MSG_DONTWAIT);
    if (count < 0) return -1;
    drop_front(&c->out, (size_t)count);
  }
  return 1;
}

/* Returns 0 when the rest is a thread's affair. */
static int serve(struct client *c, int patience_ms) {
  for (int written = 1; written == 1 && c->result != CLOSE;) {
    ssize_t count = recv(c->connfd, room_for(&c->in, 16384), 16384, 0);
    if (count <= 0) break;
    c->in.length += (size_t)count;
    c->result = answer_all(&c->in, &c->out);
    c->knows |= c->out.length > 4 && memcmp(c->out.bytes, "$60000", 6) == 0;
    written = write_out(c, c->knows || patience_ms < 0 ? -1 : patience_ms);
    if (written == 0) return 0;
  }
  close(c->connfd);
  free(c->in.bytes);
  free(c->out.bytes);
  free(c);
  return 1;
}

static void *wait_for(void *argument) {
  struct client *c = argument;
  if (write_out(c, -1) < 0) c->result = CLOSE;
  serve(c, -1);
  return NULL;
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv);
  for (;;) {
    pthread_t thread;
    struct client *c = calloc(1, sizeof *c);
    c->connfd = accept(listener, NULL, NULL);
    if (c->connfd < 0) free(c);
    else if (!serve(c, PATIENCE_MS)) pthread_create(&thread, NULL, wait_for, c);
  }
}
