/*
 * Model 5 in C: threads that are started beforehand run an event loop each; the main thread accepts,
 * and gives each connection to the next of them.
 */
#define _GNU_SOURCE
#include "dealer.h"
#include "event_loop.h"

static void *serve(void *epoll) {
  run_loop((int)(intptr_t)epoll, -1);
  return NULL;
}

int main(int argc, char **argv) {
  deal(listen_on(argc, argv), SOCK_NONBLOCK, argc > 2 ? atoi(argv[2]) : 2, serve, add_client);
}
