/**
 * The lessons, once: a lesson is a row here. What else there is to a lesson (its task, its rows in
 * the tables of the texts, its claims) is derived from its row, or held to it by
 * `tests/of_house/catalogue_test.ts`, which names what is missing.
 *
 * `accepts`, `watches`, `serves` and `works` are the columns of the lessons' table: on which thread a
 * connection is accepted, waited for, read and written, and on which its business is done.
 */
import type { SizeName } from "../models/parts/sizes.ts";

/**
 * A thread, or process, by the first word of its name in WHO and in the trace. `main` is one; of the
 * others there are several, with a number behind: `worker-2`.
 */
export type Worker = "main" | "thread" | "worker" | "io" | "process" | "watch" | "event";

/** A lesson. */
export interface Lesson {
  readonly number: number;
  /**
   * What INFO calls the model. The lesson's folder is `lessons/3-io-multiplexing/`, the model's file
   * `models/3_io_multiplexing.ts`.
   */
  readonly slug: string;
  /** As the tables call it, in at most 22 characters. */
  readonly name: string;
  /** What the server says of itself at its start. */
  readonly title: string;
  /** What it does at once, in the README's table. */
  readonly atOnce: string;
  /** What INFO tells of the server's sizes, and which option sets each. */
  readonly sizes: Readonly<Record<string, SizeName>>;
  /** Whether one can choose how a connection is handed over: `--handover`. */
  readonly handsOver?: true;
  readonly accepts: Worker;
  readonly watches: Worker;
  readonly serves: Worker;
  readonly works: Worker;
  /** One client is served from accept to close, and all others wait. */
  readonly serial?: true;
}

/** The lessons that there are, in order. */
export const LESSONS: readonly Lesson[] = [
  {
    number: 1,
    slug: "single-thread-accept",
    name: "single-thread accept",
    title: "one thread that accepts and serves",
    atOnce: "1 connection",
    sizes: {},
    accepts: "main",
    watches: "main",
    serves: "main",
    works: "main",
    serial: true,
  },
  {
    number: 2,
    slug: "thread-per-connection",
    name: "thread per connection",
    title: "a new thread for each connection",
    atOnce: "as many as threads fit",
    sizes: {},
    handsOver: true,
    accepts: "main",
    watches: "thread",
    serves: "thread",
    works: "thread",
  },
  {
    number: 3,
    slug: "io-multiplexing",
    name: "I/O multiplexing",
    title: "one thread, one event loop, many connections",
    atOnce: "1 request, many connections",
    sizes: {},
    accepts: "main",
    watches: "main",
    serves: "main",
    works: "main",
  },
  {
    number: 4,
    slug: "worker-pool",
    name: "worker pool",
    title: "one event loop, and a pool of workers for the business",
    atOnce: "a fixed number of requests",
    sizes: { workers: "workers" },
    accepts: "main",
    watches: "main",
    serves: "main",
    works: "worker",
  },
  {
    number: 5,
    slug: "io-thread-pool",
    name: "I/O thread pool",
    title: "several threads, each with an event loop of its own",
    atOnce: "a fixed number, I/O as well",
    sizes: { io_threads: "threads" },
    handsOver: true,
    accepts: "main",
    watches: "io",
    serves: "io",
    works: "io",
  },
  {
    number: 6,
    slug: "process-pool",
    name: "process pool",
    title: "processes that compete for one listening socket",
    atOnce: "the same, and isolated",
    sizes: { processes: "processes" },
    accepts: "process",
    watches: "process",
    serves: "process",
    works: "process",
  },
  {
    number: 7,
    slug: "thread-per-event",
    name: "thread per event",
    title: "a temporary thread for each event",
    atOnce: "one request per ready client",
    sizes: { watching_threads: "threads", max_event_threads: "maxEventThreads" },
    accepts: "main",
    watches: "watch",
    serves: "event",
    works: "event",
  },
];

/** The lessons' numbers, in order. */
export const NUMBERS: readonly number[] = LESSONS.map(({ number }) => number);

/** @throws RangeError when there is no such lesson. */
export function lessonOf(number: number): Lesson {
  const lesson = LESSONS.find((lesson) => lesson.number === number);
  if (lesson === undefined) throw new RangeError(`there is no lesson ${number}`);
  return lesson;
}

/** The lesson's folder, from the project's: `lessons/3-io-multiplexing`. */
export function folderOf({ number, slug }: Lesson): string {
  return `lessons/${number}-${slug}`;
}

/** The model's file, from the project's folder: `models/3_io_multiplexing.ts`. */
export function modelOf({ number, slug }: Lesson): string {
  return `models/${number}_${slug.replaceAll("-", "_")}.ts`;
}

/** The port of the lesson's server, when nobody says otherwise. */
export function portOf({ number }: Lesson): number {
  return 8000 + number;
}

/** Whether the lesson's server has to start processes, which takes more permissions. */
export function startsProcesses({ works }: Lesson): boolean {
  return works === "process";
}
