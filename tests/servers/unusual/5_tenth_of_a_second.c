/*
 * Right for lesson 5, and unusual: every reply takes 100 ms, in which its thread serves nobody else.
 *
 * A PING holds up the thread's other clients as well; they are answered when it is over.
 */
#define _GNU_SOURCE
#define main fast_main
#include "../other_languages/5_epoll_threads.c"
#undef main

static int late(const struct word *words, int count, struct buffer *out) {
  sleep_ms(100);
  return run(words, count, out);
}

int main(int argc, char **argv) {
  business = late;
  return fast_main(argc, argv);
}
