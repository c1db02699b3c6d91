/** What a lesson's server says before anything happens: that it is ready, and what to type next. */
import { bold, dim } from "@std/fmt/colors";
import { addressText, connectable } from "./address.ts";
import { defaultPort } from "./lesson_flags.ts";

/** Something to try: the words after `deno task client N`, and what to watch for. */
export type Suggestion = readonly [words: string, watchFor: string];

/**
 * @param addr where the server listens.
 * @param model the file of the model that runs.
 * @returns whole lines of at most 80 columns; the first is `listening on 127.0.0.1:8003`.
 */
export function greeting(
  lesson: { number: number; title: string; tries: readonly Suggestion[]; next?: string },
  addr: Deno.NetAddr,
  model: string,
): string {
  const { number, title, tries, next } = lesson;
  const [host, port] = [connectable(addr.hostname), addr.port];
  const client = `deno task client ${number}` +
    (port === defaultPort(number) ? "" : ` --port ${port}`) +
    (host === "127.0.0.1" ? "" : ` --host ${host}`);
  const redis = `redis-cli ${host === "127.0.0.1" ? "" : `-h ${host} `}-p ${port}`;
  const suggestions = tries.map(([words, watchFor]) =>
    `  ${bold(`${client} ${words}`)}\n      ${dim(watchFor)}\n`
  );
  return [
    `listening on ${addressText(addr)}\n`,
    `\nLesson ${number}: ${title}\n`,
    dim(`the model is ${model}; Ctrl-C ends the server\n`),
    "\nTalk to it from another terminal, in any of these ways:\n",
    `  ${bold(client)}\n  ${bold(`nc ${host} ${port}`)}\n  ${bold(redis)}\n`,
    "and type  PING  or  WHO  or  SLEEP 1000  or  FIB 30  or  INFO  or  QUIT\n",
    "\nThen try:\n",
    ...suggestions,
    next === undefined ? "" : `\n${next}\n`,
    "\n",
  ].join("");
}
