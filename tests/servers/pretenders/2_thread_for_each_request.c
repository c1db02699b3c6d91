/*
 * Pretends to be lesson 2. Wrong: a client's thread reads, and starts another thread for the business of
 * each request.
 *
 * The one that works is gone when somebody looks, and so the client's own seems to have done it.
 *
 * Loses: 2.P2
 */
#include <pthread.h>
#include <stdint.h>

#include "../other_languages/serve_one.h"

struct job {
  const struct word *words;
  int count, result;
  struct buffer *out;
};

static void *work(void *argument) {
  struct job *job = argument;
  job->result = run(job->words, job->count, job->out);
  return NULL;
}

static int in_a_new_thread(const struct word *words, int count, struct buffer *out) {
  struct job job = {words, count, CLOSE, out};
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, &job) == 0) pthread_join(thread, NULL);
  return job.result;
}

static void *serve(void *connfd) {
  serve_one((int)(intptr_t)connfd);
  return NULL;
}

int main(int argc, char **argv) {
  int listener = listen_on(argc, argv);
  business = in_a_new_thread;
  for (;;) {
    pthread_t thread;
    int connfd = accept(listener, NULL, NULL);
    if (connfd < 0) continue;
    if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)connfd) == 0) pthread_detach(thread);
    else close(connfd);
  }
}
