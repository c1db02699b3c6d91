/*
 * Pretends to be lesson 6. Wrong: the first process that dies is replaced, and no other is.
 *
 * A grader that kills one is content. The server gets smaller and smaller.
 *
 * Loses: 6.P2
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "../other_languages/event_loop.h"

static void start(int listener) {
  if (fork() != 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  run_loop(epoll_create1(0), listener);
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv), processes = argc > 2 ? atoi(argv[2]) : 2;
  fcntl(listener, F_SETFL, fcntl(listener, F_GETFL) | O_NONBLOCK);
  for (int i = 0; i < processes; i++) start(listener);
  wait(NULL);
  start(listener);
  while (wait(NULL) > 0) continue;
}
