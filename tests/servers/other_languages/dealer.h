/*
 * Threads that wait with epoll, and a main thread that deals connections out to them in turn.
 */
#pragma once
#include <pthread.h>
#include <stdint.h>
#include <sys/epoll.h>

#include "protocol.h"
#include "listen.h"

/*
 * Starts threads, and accepts for ever: `body` gets an epoll, and `give` a connection for one. `flags`
 * are those of the connection.
 */
static __attribute__((unused)) _Noreturn void deal(
  int listener, int flags, int threads, void *(*body)(void *epoll), void (*give)(int epoll, int connfd)
) {
  int *epolls = calloc((size_t)threads, sizeof *epolls);
  for (int i = 0; i < threads; i++) {
    pthread_t thread;
    epolls[i] = epoll_create1(0);
    pthread_create(&thread, NULL, body, (void *)(intptr_t)epolls[i]);
  }
  for (unsigned next = 0;;) {
    int connfd = accept4(listener, NULL, NULL, flags);
    if (connfd >= 0) give(epolls[next++ % (unsigned)threads], connfd);
  }
}
