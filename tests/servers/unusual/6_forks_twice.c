/*
 * Right for lesson 6, and unusual: each process is forked twice, as daemons are, and so is no child of the
 * main process: whoever looks for its descendants does not find it.
 *
 * The main process notices an end by a pipe: when the last writer is gone, its reader is told.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>

#include "../other_languages/event_loop.h"

enum { MOST = 64 };

/* Ends with the main process, which alone has the other end of the pipe. */
static void serve(int listener, int main_lives) {
  int epoll = epoll_create1(0);
  struct epoll_event ready[2], event = {.events = EPOLLIN, .data.ptr = NULL};
  struct epoll_event end = {.events = EPOLLHUP, .data.ptr = &main_lives};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  epoll_ctl(epoll, EPOLL_CTL_ADD, main_lives, &end);
  for (;;) {
    /* One at a time: whoever has nothing to do can take the next. */
    if (epoll_wait(epoll, ready, 1, -1) != 1) continue;
    if (ready[0].data.ptr == &main_lives) exit(0);
    if (ready[0].data.ptr != NULL) {
      on_ready(epoll, ready[0].data.ptr, ready[0].events);
      continue;
    }
    int connfd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
    if (connfd >= 0) add_client(epoll, connfd);
  }
}

/* Returns a descriptor that says when the process has ended. */
static int start(int listener, const int *main_lives) {
  int child_lives[2];
  if (pipe2(child_lives, O_CLOEXEC) != 0) exit(1);
  if (fork() == 0) {
    if (fork() != 0) exit(0);
    close(main_lives[1]);
    close(child_lives[0]);
    serve(listener, main_lives[0]);
  }
  close(child_lives[1]);
  wait(NULL);
  return child_lives[0];
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv), processes = argc > 2 ? atoi(argv[2]) : 2, main_lives[2];
  struct pollfd children[MOST];
  fcntl(listener, F_SETFL, fcntl(listener, F_GETFL) | O_NONBLOCK);
  if (pipe2(main_lives, O_CLOEXEC) != 0) return 1;
  for (int i = 0; i < processes; i++) children[i] = (struct pollfd){.fd = start(listener, main_lives)};
  for (;;) {
    if (poll(children, (nfds_t)processes, -1) < 0) continue;
    for (int i = 0; i < processes; i++) {
      if (children[i].revents == 0) continue;
      close(children[i].fd);
      children[i].fd = start(listener, main_lives);
    }
  }
}
