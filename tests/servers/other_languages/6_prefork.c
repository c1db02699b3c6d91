/*
 * Model 6 in C: processes that are forked beforehand share the listening socket, and run an event loop
 * each. The main process starts another for each that dies, and accepts nothing.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "event_loop.h"

static void start(int listener) {
  if (fork() != 0) return;
  /* Nobody would end it, or replace it, when the main process is gone. */
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  run_loop(epoll_create1(0), listener);
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv), processes = argc > 2 ? atoi(argv[2]) : 2;
  fcntl(listener, F_SETFL, fcntl(listener, F_GETFL) | O_NONBLOCK);
  for (int i = 0; i < processes; i++) start(listener);
  while (wait(NULL) > 0) start(listener);
}
