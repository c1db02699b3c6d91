/*
 * Right for lesson 2, and unusual: a process for each connection, which is the model's other form, and
 * the main process waits for those that have ended twice a second only.
 *
 * For half a second a child that has ended is a zombie: it has no memory and runs no more, and only its
 * number is still taken. Its client's thread has ended all the same.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "../other_languages/serve_one.h"

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv);
  struct pollfd wanted = {.fd = listener, .events = POLLIN};
  for (;;) {
    int children = waitpid(-1, NULL, WNOHANG) >= 0;
    if (poll(&wanted, 1, children ? 500 : -1) <= 0) continue;
    int connfd = accept(listener, NULL, NULL);
    if (fork() == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      close(listener);
      serve_one(connfd);
      return 0;
    }
    close(connfd);
  }
}
