/*
 * The bytes of the protocol for servers in C: buffers, and the words of a request, which is a line or an
 * array of bulk strings. A malformed request gets an error in Redis's words.
 *
 * A buffer's bytes [0, length) are in use; `bytes` is owned by the buffer and grows as needed.
 */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_LINE = 64 * 1024, MOST_BULK = 512 * 1024 };
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

static __attribute__((unused)) void error(struct buffer *out, const char *text, struct word word) {
  int shown = word.length < 128 ? (int)word.length : 128;
  char line[256];
  append(out, "-ERR ", 5);
  append(out, line, (size_t)snprintf(line, sizeof line, text, shown, word.bytes));
  append(out, "\r\n", 2);
}

/* The number between `mark` and the line's end at `end`; -1 when it is none, or more than `most`. */
static __attribute__((unused)) long header(const struct buffer *in, size_t at, size_t end, char mark, long most) {
  char *rest;
  if (in->bytes[at] != mark) return -1;
  long number = strtol(in->bytes + at + 1, &rest, 10);
  int whole = rest > in->bytes + at + 1 && rest <= in->bytes + end && (*rest == '\r' || *rest == '\n');
  return whole && number <= most ? number : -1;
}

/* Appends the error, and says that the connection is to be closed. */
static __attribute__((unused)) int malformed(struct buffer *out, const char *what) {
  append(out, "-ERR Protocol error: ", 21);
  append(out, what, strlen(what));
  append(out, "\r\n", 2);
  return CLOSE;
}

/*
 * The words of the first request, and in `taken` its length; NEED_MORE when it has not come whole,
 * CLOSE with an error in `out` when it is malformed. `out` may be NULL, and then gets nothing.
 */
static __attribute__((unused)) int parse(
  const struct buffer *in, struct word *words, int *count, size_t *taken, struct buffer *out
) {
  struct buffer nowhere = {0};
  struct buffer *errors = out != NULL ? out : &nowhere;
  size_t at = line_end(in, 0);
  int result = ANSWERED;
  if (at == 0) {
    result = in->length <= MOST_LINE ? NEED_MORE : malformed(errors, "too big inline request");
  } else if (in->bytes[0] != '*') {
    *count = split_line(in, at, words);
    *taken = at;
  } else {
    *count = (int)header(in, 0, at, '*', MOST_WORDS);
    if (*count < 0) result = malformed(errors, "invalid multibulk length");
    for (int i = 0; result == ANSWERED && i < *count; i++) {
      size_t from = line_end(in, at);
      long length = from == 0 ? 0 : header(in, at, from, '$', MOST_BULK);
      if (length < 0) result = malformed(errors, "invalid bulk length");
      else if (from == 0 || from + (size_t)length + 2 > in->length) result = NEED_MORE;
      words[i] = (struct word){in->bytes + from, (size_t)(length < 0 ? 0 : length)};
      at = from + words[i].length + 2;
    }
    *taken = at;
  }
  free(nowhere.bytes);
  return result;
}
