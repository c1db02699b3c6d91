/* Model 2 in C: the main thread accepts, and each connection gets a thread of its own. */
#include <pthread.h>
#include <stdint.h>

#include "protocol.h"
#include "listen.h"

static void *serve(void *argument) {
  int connfd = (int)(intptr_t)argument;
  struct buffer in = {0}, out = {0};
  int result = NEED_MORE;
  while (result != CLOSE) {
    ssize_t count = recv(connfd, room_for(&in, 16384), 16384, 0);
    if (count <= 0) break;
    in.length += (size_t)count;
    result = answer_all(&in, &out);
    if (write_all(connfd, out.bytes, out.length) != 0) break;
    out.length = 0;
  }
  close(connfd);
  free(in.bytes);
  free(out.bytes);
  return NULL;
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv);
  for (;;) {
    pthread_t thread;
    int connfd = accept(listener, NULL, NULL);
    if (connfd < 0) continue;
    if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)connfd) == 0) pthread_detach(thread);
    else close(connfd);
  }
}
