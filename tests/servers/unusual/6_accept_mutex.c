/*
 * Right for lesson 6, and unusual: only the process that has a lock waits for new connections, and the
 * others try to get it every 500 ms, as nginx did with `accept_mutex`.
 *
 * A new client may wait for half a second, until a process that is free gets the lock. A process lets go
 * of it before it serves, so that one which is busy does not have it.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "../other_languages/event_loop.h"

static void serve(int listener, const char *lock_file) {
  int epoll = epoll_create1(0), lock = open(lock_file, O_RDWR);
  struct epoll_event ready[64], event = {.events = EPOLLIN, .data.ptr = NULL};
  for (;;) {
    int has_lock = flock(lock, LOCK_EX | LOCK_NB) == 0;
    if (has_lock) epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    int count = epoll_wait(epoll, ready, 64, has_lock ? -1 : 500);
    for (int i = 0; i < count; i++) {
      int connfd = ready[i].data.ptr == NULL ? accept4(listener, NULL, NULL, SOCK_NONBLOCK) : -1;
      if (connfd >= 0) add_client(epoll, connfd);
    }
    if (has_lock) {
      epoll_ctl(epoll, EPOLL_CTL_DEL, listener, NULL);
      flock(lock, LOCK_UN);
    }
    for (int i = 0; i < count; i++) {
      if (ready[i].data.ptr != NULL) on_ready(epoll, ready[i].data.ptr, ready[i].events);
    }
  }
}

static void start(int listener, const char *lock_file) {
  if (fork() != 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  serve(listener, lock_file);
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv), processes = argc > 2 ? atoi(argv[2]) : 2;
  char lock_file[64];
  /* A file without a name; each process opens it for itself, or they would share one lock. */
  sprintf(lock_file, "/proc/%d/fd/%d", (int)getpid(), memfd_create("accept", 0));
  fcntl(listener, F_SETFL, fcntl(listener, F_GETFL) | O_NONBLOCK);
  for (int i = 0; i < processes; i++) start(listener, lock_file);
  while (wait(NULL) > 0) start(listener, lock_file);
}
