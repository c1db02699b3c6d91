/*
 * The protocol and the business for servers in C: bytes in, replies out. Requests are lines or arrays
 * of bulk strings; PING, ECHO, SLEEP, FIB, INFO and QUIT. A malformed request ends the connection.
 *
 * A buffer's bytes [0, length) are in use; `bytes` is owned by the buffer and grows as needed.
 */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { MOST_WORDS = 16, NEED_MORE = 0, ANSWERED = 1, CLOSE = -1 };

struct buffer {
  char *bytes;
  size_t length, capacity;
};

struct word {
  const char *bytes;
  size_t length;
};

static __attribute__((unused)) char *room_for(struct buffer *b, size_t more) {
  if (b->length + more > b->capacity) {
    b->capacity = 2 * (b->length + more);
    b->bytes = realloc(b->bytes, b->capacity);
    if (b->bytes == NULL) abort();
  }
  return b->bytes + b->length;
}

static __attribute__((unused)) void append(struct buffer *b, const void *bytes, size_t length) {
  memcpy(room_for(b, length), bytes, length);
  b->length += length;
}

static __attribute__((unused)) void drop_front(struct buffer *b, size_t count) {
  memmove(b->bytes, b->bytes + count, b->length - count);
  b->length -= count;
}

/* Where the line that begins at `at` ends, just behind its LF; 0 when it has not come whole. */
static __attribute__((unused)) size_t line_end(const struct buffer *in, size_t at) {
  const char *lf = at < in->length ? memchr(in->bytes + at, '\n', in->length - at) : NULL;
  return lf == NULL ? 0 : (size_t)(lf - in->bytes) + 1;
}

static __attribute__((unused)) int split_line(const struct buffer *in, size_t end, struct word *words) {
  int count = 0;
  for (size_t at = 0; at < end && count < MOST_WORDS;) {
    while (at < end && strchr(" \r\n", in->bytes[at])) at++;
    size_t from = at;
    while (at < end && !strchr(" \r\n", in->bytes[at])) at++;
    if (at > from) words[count++] = (struct word){in->bytes + from, at - from};
  }
  return count;
}

/* The words of the first request, and in `taken` its length; NEED_MORE when it has not come whole. */
static __attribute__((unused)) int parse(const struct buffer *in, struct word *words, int *count, size_t *taken) {
  size_t at = line_end(in, 0);
  if (at == 0) return NEED_MORE;
  if (in->bytes[0] != '*') {
    *count = split_line(in, at, words);
    *taken = at;
    return ANSWERED;
  }
  *count = atoi(in->bytes + 1);
  if (*count < 0 || *count > MOST_WORDS) return CLOSE;
  for (int i = 0; i < *count; i++) {
    size_t from = line_end(in, at);
    if (from == 0) return NEED_MORE;
    if (in->bytes[at] != '$') return CLOSE;
    long length = atol(in->bytes + at + 1);
    if (length < 0 || length > 512 * 1024) return CLOSE;
    if (from + (size_t)length + 2 > in->length) return NEED_MORE;
    words[i] = (struct word){in->bytes + from, (size_t)length};
    at = from + (size_t)length + 2;
  }
  *taken = at;
  return ANSWERED;
}

static unsigned long fib(long n) { return n < 2 ? (unsigned long)n : fib(n - 1) + fib(n - 2); }

static __attribute__((unused)) void sleep_ms(long ms) {
  struct timespec left = {ms / 1000, ms % 1000 * 1000000};
  nanosleep(&left, NULL);
}

static __attribute__((unused)) int is(struct word word, const char *name) {
  return word.length == strlen(name) && strncasecmp(word.bytes, name, word.length) == 0;
}

/* Requests that this process has begun. */
static _Atomic long commands;

static __attribute__((unused)) void info(struct buffer *out) {
  char text[64], head[16];
  int length = sprintf(text, "total_commands:%ld\r\n", commands);
  append(out, head, (size_t)sprintf(head, "$%d\r\n", length));
  append(out, text, (size_t)length);
  append(out, "\r\n", 2);
}

/* Does one request's business, and appends the reply. */
static __attribute__((unused)) int run(const struct word *words, int count, struct buffer *out) {
  char head[64];
  commands++;
  if (count == 2 && (is(words[0], "ECHO") || is(words[0], "PING"))) {
    append(out, head, (size_t)sprintf(head, "$%zu\r\n", words[1].length));
    append(out, words[1].bytes, words[1].length);
    append(out, "\r\n", 2);
  } else if (count == 1 && is(words[0], "PING")) {
    append(out, "+PONG\r\n", 7);
  } else if (count == 2 && is(words[0], "SLEEP")) {
    sleep_ms(atol(words[1].bytes));
    append(out, "+OK\r\n", 5);
  } else if (count == 2 && is(words[0], "FIB")) {
    append(out, head, (size_t)sprintf(head, ":%lu\r\n", fib(atol(words[1].bytes))));
  } else if (count == 1 && is(words[0], "INFO")) {
    info(out);
  } else if (count == 1 && is(words[0], "QUIT")) {
    append(out, "+OK\r\n", 5);
    return CLOSE;
  } else {
    append(out, "-ERR unknown command\r\n", 22);
  }
  return ANSWERED;
}

/* Answers the first request of `in`: takes it out, and appends the reply to `out`. */
static __attribute__((unused)) int answer_one(struct buffer *in, struct buffer *out) {
  struct word words[MOST_WORDS];
  int count = 0;
  size_t taken = 0;
  int result = parse(in, words, &count, &taken);
  if (result != ANSWERED) return result;
  if (count > 0) result = run(words, count, out);
  drop_front(in, taken);
  return result;
}

/* Answers every request that has come whole. */
static __attribute__((unused)) int answer_all(struct buffer *in, struct buffer *out) {
  int result = ANSWERED;
  while (result == ANSWERED) result = answer_one(in, out);
  return result;
}
