/*
 * Model 5 in C: threads that are started beforehand run an event loop each; the main thread accepts,
 * and gives each connection to the next of them.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>

#include "event_loop.h"

static void *serve(void *epoll) {
  run_loop((int)(intptr_t)epoll, -1);
  return NULL;
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv), threads = argc > 2 ? atoi(argv[2]) : 2;
  int *epolls = calloc((size_t)threads, sizeof *epolls);
  for (int i = 0; i < threads; i++) {
    pthread_t thread;
    epolls[i] = epoll_create1(0);
    pthread_create(&thread, NULL, serve, (void *)(intptr_t)epolls[i]);
  }
  for (unsigned next = 0;;) {
    int connfd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
    if (connfd >= 0) add_client(epolls[next++ % (unsigned)threads], connfd);
  }
}
