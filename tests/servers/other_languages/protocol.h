/*
 * The business for servers in C: PING, ECHO, SLEEP, FIB, WHO, INFO and QUIT, each answered by `run`, and
 * errors in Redis's words. `answer_one` and `answer_all` take requests out of a buffer and append replies.
 */
#pragma once
#include <time.h>
#include <unistd.h>

#include "resp.h"

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

/* What WHO says, and what SLEEP and FIB do: a server that pretends puts something else here. */
static __attribute__((unused)) _Thread_local const char *who = "main";
static __attribute__((unused)) void (*do_sleep)(long ms) = sleep_ms;
static __attribute__((unused)) unsigned long (*do_fib)(long n) = fib;

static __attribute__((unused)) void bulk(struct buffer *out, const char *bytes, size_t length) {
  char head[32];
  append(out, head, (size_t)sprintf(head, "$%zu\r\n", length));
  append(out, bytes, length);
  append(out, "\r\n", 2);
}

static __attribute__((unused)) void info(struct buffer *out) {
  char text[96];
  bulk(out, text, (size_t)sprintf(text, "pid:%d\r\ntotal_commands:%ld\r\n", (int)getpid(), commands));
}

/* The whole number that the word is, from 0 to `most`; -1 when it is none of these. */
static __attribute__((unused)) long number(struct word word, long most) {
  long value = 0;
  if (word.length == 0 || word.length > 9 || (word.bytes[0] == '0' && word.length > 1)) return -1;
  for (size_t i = 0; i < word.length; i++) {
    if (word.bytes[i] < '0' || word.bytes[i] > '9') return -1;
    value = 10 * value + (word.bytes[i] - '0');
  }
  return value <= most ? value : -1;
}

/* SLEEP or FIB, whose argument is a number from 0 to `most`. */
static __attribute__((unused)) void count_or_wait(struct word name, struct word argument, long most, struct buffer *out) {
  char text[32];
  long value = number(argument, most);
  if (value < 0) return error(out, "value is not an integer or out of range%.*s", (struct word){"", 0});
  if (is(name, "FIB")) return append(out, text, (size_t)sprintf(text, ":%lu\r\n", do_fib(value)));
  do_sleep(value);
  append(out, "+OK\r\n", 5);
}

/* A command: its name, in small letters too, and how many words it may have. */
static const struct command {
  const char *name, *small;
  int least, most;
} COMMANDS[] = {
  {"PING", "ping", 1, 2}, {"ECHO", "echo", 2, 2}, {"SLEEP", "sleep", 2, 2}, {"FIB", "fib", 2, 2},
  {"WHO", "who", 1, 1},   {"INFO", "info", 1, 2}, {"QUIT", "quit", 1, 1},   {NULL, NULL, 0, 0},
};

/* Does one request's business, and appends the reply. */
static __attribute__((unused)) int run(const struct word *words, int count, struct buffer *out) {
  const struct command *c = COMMANDS;
  struct word name = words[0];
  commands++;
  while (c->name != NULL && !is(name, c->name)) c++;
  if (c->name == NULL) {
    error(out, "unknown command '%.*s'", name);
  } else if (count < c->least || count > c->most) {
    error(out, "wrong number of arguments for '%.*s' command", (struct word){c->small, name.length});
  } else if (is(name, "PING") && count == 1) {
    append(out, "+PONG\r\n", 7);
  } else if (is(name, "PING") || is(name, "ECHO")) {
    bulk(out, words[1].bytes, words[1].length);
  } else if (is(name, "SLEEP") || is(name, "FIB")) {
    count_or_wait(name, words[1], is(name, "FIB") ? 45 : 60000, out);
  } else if (is(name, "WHO")) {
    bulk(out, who, strlen(who));
  } else if (is(name, "INFO")) {
    info(out);
  } else {
    append(out, "+OK\r\n", 5);
    return CLOSE;
  }
  return ANSWERED;
}

/* Who does the business; a server that pretends may put itself in between. */
static __attribute__((unused)) int (*business)(const struct word *, int, struct buffer *) = run;

/* Answers the first request of `in`: takes it out, and appends the reply to `out`. */
static __attribute__((unused)) int answer_one(struct buffer *in, struct buffer *out) {
  struct word words[MOST_WORDS];
  int count = 0;
  size_t taken = 0;
  int result = parse(in, words, &count, &taken, out);
  if (result != ANSWERED) return result;
  if (count > 0) result = business(words, count, out);
  drop_front(in, taken);
  return result;
}

/* Answers every request that has come whole. */
static __attribute__((unused)) int answer_all(struct buffer *in, struct buffer *out) {
  int result = ANSWERED;
  while (result == ANSWERED) result = answer_one(in, out);
  return result;
}
