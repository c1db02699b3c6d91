/*
 * Right for lesson 6, and unusual: the main process looks every half a second whether a child has ended,
 * and then starts another.
 *
 * Nothing says how quickly a process is replaced. For half a second the one that was killed is a zombie,
 * which serves nobody.
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
  for (;; sleep_ms(500)) {
    while (waitpid(-1, NULL, WNOHANG) > 0) start(listener);
  }
}
