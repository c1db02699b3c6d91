/** What a lesson's server says before anything happens: that it is ready, and what to type next. */
import { bold, dim } from "@std/fmt/colors";
import { addressText, connectable } from "./address.ts";
import { type Lesson, portOf } from "../catalogue.ts";
import { TASK } from "./typed.ts";

/** Something to try: the words after `deno task client N`, and what to watch for. */
export type Suggestion = readonly [words: string, watchFor: string];

/** What runs in a lesson. */
export interface Running {
  readonly lesson: Lesson;
  /** What the server says of itself. */
  readonly title: string;
  /** The file that it is, from the project's folder. */
  readonly file: string;
  /** What to try with it. */
  readonly tries: readonly Suggestion[];
  /** A line on what to do afterwards. */
  readonly next?: string;
}

/**
 * @param addr where the server listens.
 * @returns whole lines of at most 80 columns; the first is `listening on 127.0.0.1:8003`.
 */
export function greeting(
  { lesson, title, file, tries, next }: Running,
  addr: Deno.NetAddr,
): string {
  const { number } = lesson;
  const [host, port] = [connectable(addr.hostname), addr.port];
  const client = `${TASK} client ${number}` +
    (port === portOf(lesson) ? "" : ` --port ${port}`) +
    (host === "127.0.0.1" ? "" : ` --host ${host}`);
  const nc = `nc ${host} ${port}`;
  const redis = `redis-cli ${host === "127.0.0.1" ? "" : `-h ${host} `}-p ${port}`;
  const suggestions = tries.map(([words, watchFor]) =>
    `  ${bold(`${client} ${words}`)}\n      ${dim(watchFor)}\n`
  );
  return [
    `listening on ${addressText(addr)}\n`,
    `Lesson ${number}: ${title}\n`,
    dim(`the model is ${file}; Ctrl-C ends the server\n`),
    `\nFrom another terminal (${nc} and ${redis} do as well):\n`,
    `  ${bold(client)}\n`,
    `      ${dim("then type PING, WHO, SLEEP 10000, FIB 30, INFO, QUIT or help")}\n`,
    ...suggestions,
    next === undefined ? "" : `\n${next}\n`,
    "\n",
  ].join("");
}
