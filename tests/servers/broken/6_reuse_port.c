/*
 * Pretends to be lesson 6. Wrong: every process has a listening socket of its own, with SO_REUSEPORT.
 *
 * The kernel deals the clients out, more evenly than processes that compete. But it does not know who
 * is busy: a client may come to a process that sleeps, beside one that has nothing to do.
 *
 * Loses 6.P4: late client \d+, beside one whose process is busy
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "../other_languages/event_loop.h"

static void start(int argc, char **argv) {
  if (fork() != 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  int listener = listen_with(SO_REUSEPORT, argc, argv);
  fcntl(listener, F_SETFL, fcntl(listener, F_GETFL) | O_NONBLOCK);
  run_loop(epoll_create1(0), listener);
}

int main(int argc, char **argv) {
  int processes = argc > 2 ? atoi(argv[2]) : 2;
  for (int i = 0; i < processes; i++) start(argc, argv);
  while (wait(NULL) > 0) start(argc, argv);
}
