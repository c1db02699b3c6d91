/*
 * Right for lesson 1, and unusual: every reply comes 100 ms after the request.
 *
 * Nothing in the model says how quick a reply is; only that nobody else is served meanwhile.
 */
#include "../other_languages/serve_one.h"

static int late(const struct word *words, int count, struct buffer *out) {
  sleep_ms(100);
  return run(words, count, out);
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv);
  business = late;
  for (;;) serve_one(accept(listener, NULL, NULL));
}
