/*
 * Right for lesson 7, and unusual: every event's thread waits for 100 ms before it answers.
 *
 * As many replies as there are clients are late at the same time.
 */
#define _GNU_SOURCE
#define main fast_main
#include "../other_languages/7_thread_for_each_event.c"
#undef main

static int late(const struct word *words, int count, struct buffer *out) {
  sleep_ms(100);
  return run(words, count, out);
}

int main(int argc, char **argv) {
  business = late;
  return fast_main(argc, argv);
}
