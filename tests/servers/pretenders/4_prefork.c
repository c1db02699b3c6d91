/*
 * Pretends to be lesson 4. Wrong: W processes, each of which accepts, reads, works and writes for clients of
 * its own.
 *
 * W requests are under way at once, and what a client more asks waits. But there is no loop that accepts and
 * reads while all are busy, and as many readers as processes.
 *
 * Loses: 4.P2 4.C1
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
  int listener = listen_on(argc, argv), workers = argc > 2 ? atoi(argv[2]) : 4;
  fcntl(listener, F_SETFL, fcntl(listener, F_GETFL) | O_NONBLOCK);
  for (int i = 0; i < workers; i++) start(listener);
  while (wait(NULL) > 0) start(listener);
}
