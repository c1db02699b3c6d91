/*
 * Pretends to be lesson 6. Wrong: a connection that has waited for a second, since all processes are busy, is
 * accepted by the main process, which serves it itself.
 *
 * For a second it waits in the accept queue, as the lesson says. Then the number of processes is no cap.
 *
 * Loses: 6.C2
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "../other_languages/event_loop.h"

static int waits(int listener) {
  struct pollfd queue = {.fd = listener, .events = POLLIN};
  return poll(&queue, 1, 0) > 0;
}

static void start(int listener) {
  if (fork() != 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  run_loop(epoll_create1(0), listener);
}

static void *replace(void *listener) {
  while (wait(NULL) > 0) start(*(int *)listener);
  return NULL;
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv), processes = argc > 2 ? atoi(argv[2]) : 2;
  int epoll = epoll_create1(0);
  pthread_t thread;
  fcntl(listener, F_SETFL, fcntl(listener, F_GETFL) | O_NONBLOCK);
  for (int i = 0; i < processes; i++) start(listener);
  pthread_create(&thread, NULL, replace, &listener);
  for (int waited = 0;; waited = waits(listener)) {
    struct epoll_event ready;
    if (epoll_wait(epoll, &ready, 1, 1000) > 0) on_ready(epoll, ready.data.ptr, ready.events);
    while (waited && waits(listener)) {
      int connfd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
      if (connfd >= 0) add_client(epoll, connfd);
    }
  }
}
