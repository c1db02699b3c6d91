/*
 * Right for lesson 1, and unusual: the accept queue is short, `listen(fd, 5)`, as in the textbooks.
 *
 * Six clients wait in it; the kernel lets the next one's connect wait until there is room. That is a
 * limit of the queue, and of nothing that the model is about.
 */
#define BACKLOG 5
#include "../other_languages/serve_one.h"

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv);
  for (;;) serve_one(accept(listener, NULL, NULL));
}
