/*
 * Right for lesson 5, and unusual: each thread waits with `poll`, and gets its connections through a pipe;
 * the main thread waits for nothing but the next connection.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <pthread.h>
#include <stdint.h>

#include "../other_languages/protocol.h"
#include "../other_languages/listen.h"

enum { MOST = 1024 };

struct client {
  int result;
  struct buffer in, out;
};

static void drop(struct pollfd *watched, struct client *c) {
  close(watched->fd);
  free(c->in.bytes);
  free(c->out.bytes);
  watched->fd = -1;
}

/* Writes what the kernel takes, and waits for room or for the next bytes. */
static void write_on(struct pollfd *watched, struct client *c) {
  ssize_t count = send(watched->fd, c->out.bytes, c->out.length, MSG_DONTWAIT);
  if (count < 0 && errno != EAGAIN) return drop(watched, c);
  if (count > 0) drop_front(&c->out, (size_t)count);
  if (c->out.length == 0 && c->result == CLOSE) return drop(watched, c);
  watched->events = c->out.length > 0 ? POLLOUT : POLLIN;
}

static void on_ready(struct pollfd *watched, struct client *c) {
  if (watched->revents & POLLIN) {
    ssize_t count = recv(watched->fd, room_for(&c->in, 65536), 65536, 0);
    if (count <= 0) return drop(watched, c);
    c->in.length += (size_t)count;
    c->result = answer_all(&c->in, &c->out);
  } else if (!(watched->revents & POLLOUT)) {
    return drop(watched, c);
  }
  write_on(watched, c);
}

static void *serve(void *argument) {
  struct pollfd *watched = calloc(MOST, sizeof *watched);
  struct client *clients = calloc(MOST, sizeof *clients);
  for (int i = 0; i < MOST; i++) watched[i].fd = -1;
  watched[0] = (struct pollfd){.fd = (int)(intptr_t)argument, .events = POLLIN};
  for (;;) {
    if (poll(watched, MOST, -1) < 0) continue;
    for (int i = 1; i < MOST; i++) {
      if (watched[i].fd >= 0 && watched[i].revents != 0) on_ready(&watched[i], &clients[i]);
    }
    int connfd, place = 1;
    if (watched[0].revents == 0 || read(watched[0].fd, &connfd, sizeof connfd) <= 0) continue;
    while (place < MOST && watched[place].fd >= 0) place++;
    if (place == MOST) {
      close(connfd);
      continue;
    }
    watched[place] = (struct pollfd){.fd = connfd, .events = POLLIN};
    clients[place] = (struct client){0};
  }
  return NULL;
}

int main(int argc, char **argv) {
  int threads = argc > 2 ? atoi(argv[2]) : 2, pipes[MOST][2];
  for (int i = 0; i < threads; i++) {
    pthread_t thread;
    if (pipe(pipes[i]) != 0) return 1;
    pthread_create(&thread, NULL, serve, (void *)(intptr_t)pipes[i][0]);
  }
  int listener = listen_on(argc, argv);
  for (int next = 0;; next = (next + 1) % threads) {
    int connfd = accept(listener, NULL, NULL);
    if (connfd >= 0 && write(pipes[next][1], &connfd, sizeof connfd) < 0) close(connfd);
  }
}
