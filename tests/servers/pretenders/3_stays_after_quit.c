/*
 * Pretends to be lesson 3. Wrong: QUIT is answered, and the connection stays open.
 *
 * A client that reads until the end, as nc and many scripts do, never comes to it.
 *
 * Loses: 3.R1
 */
#define _GNU_SOURCE
#include <fcntl.h>

#include "../other_languages/event_loop.h"

static int stay(const struct word *words, int count, struct buffer *out) {
  run(words, count, out);
  return ANSWERED;
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv);
  fcntl(listener, F_SETFL, fcntl(listener, F_GETFL) | O_NONBLOCK);
  business = stay;
  run_loop(epoll_create1(0), listener);
}
