/* A listening socket on loopback, for servers in C. */
#pragma once
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

/* How many connections may wait for accept. */
#ifndef BACKLOG
#define BACKLOG 511
#endif

/* Listens on the port that the program was given, with a socket option set, or ends the program. */
static __attribute__((unused)) int listen_with(int option, int argc, char **argv) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int on = 1;
  if (argc < 2) {
    fprintf(stderr, "usage: %s PORT\n", argv[0]);
    exit(2);
  }
  /* A write to a client that is gone fails; by default it would end the process. */
  signal(SIGPIPE, SIG_IGN);
  address.sin_port = htons((unsigned short)atoi(argv[1]));
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(listener, SOL_SOCKET, option, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
      listen(listener, BACKLOG) != 0) {
    perror("listen");
    exit(1);
  }
  return listener;
}

static __attribute__((unused)) int listen_on(int argc, char **argv) {
  return listen_with(SO_REUSEADDR, argc, argv);
}

static __attribute__((unused)) int write_all(int connfd, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t count = send(connfd, bytes, length, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -1;
    bytes += count;
    length -= (size_t)count;
  }
  return 0;
}
