/** The flags of the lessons' servers, and the lessons' ports. */
import { MOST_THREADS } from "../../models/parts/check_options.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import { type Flag, type FlagValues, oneOf, onOff, wholeNumber } from "./flags.ts";

/** The lessons that there are. */
export const LESSONS = [1, 2, 3, 4, 5, 6, 7];

/** The port of a lesson's server, when nobody says otherwise. */
export function defaultPort(lesson: number): number {
  return 8000 + lesson;
}

/** Where a lesson's server listens, when nobody says otherwise: this machine only. */
export const DEFAULT_HOST = "127.0.0.1";

/** A day. Longer timers make no sense, and Deno's end at 24.8 days. */
const MAX_IDLE_SECONDS = 86_400;

const idleTimeout: Flag<number> = {
  placeholder: "SECONDS",
  about: "closes the idle; default 300; 0: never",
  allowed: `a number of seconds from 0 to ${MAX_IDLE_SECONDS}`,
  parse(text) {
    const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    return seconds <= MAX_IDLE_SECONDS ? seconds : undefined;
  },
};

const host: Flag<string> = {
  placeholder: "ADDRESS",
  about: `where to listen; default ${DEFAULT_HOST}`,
  allowed: "an address of this machine",
  parse: (text) => text,
};

const SOME_LESSONS = {
  "workers": wholeNumber(1, MOST_THREADS, "N", "threads in the worker pool; default 4"),
  "threads": wholeNumber(1, MOST_THREADS, "N", "threads that watch sockets; default: one a core"),
  "max-event-threads": wholeNumber(1, MOST_THREADS, "N", "started at once at most; default 64"),
  "processes": wholeNumber(1, 64, "N", "child processes; default: one a core"),
  "handover": oneOf(
    ["auto", "descriptor", "stream"],
    "how a thread gets its connection",
  ),
};

/** A flag that only some lessons have. */
export type LessonFlag = keyof typeof SOME_LESSONS;

const EVERY_LESSON = {
  "port": wholeNumber(0, 65535, "PORT", "0: any free port"),
  "host": host,
  "max-connections": wholeNumber(1, 100_000, "N", "served at once; one more gets an error"),
  "idle-timeout": idleTimeout,
  "trace": oneOf(["pretty", "json", "off"], "what happens, a line each; default pretty"),
  "exercise": onOff("run your own exercise.ts, not the model"),
  "help": onOff("show this"),
};

/** The values that were given on the command line of a lesson's server. */
export type LessonValues = FlagValues<typeof EVERY_LESSON & typeof SOME_LESSONS>;

/** The flags of one lesson: those of every lesson, and its own. */
export function lessonFlags(lesson: number, own: readonly LessonFlag[]) {
  const port = { ...EVERY_LESSON.port, about: `default ${defaultPort(lesson)}; 0: any free port` };
  const { exercise, help, ...others } = { ...EVERY_LESSON, port };
  const some = own.map((name) => [name, SOME_LESSONS[name]]);
  return { ...others, ...Object.fromEntries(some), exercise, help } as
    & typeof EVERY_LESSON
    & Partial<typeof SOME_LESSONS>;
}

/** What a model's `serve()` is to be called with. */
export function serveOptions(lesson: number, values: LessonValues): ServeOptions {
  const seconds = values["idle-timeout"];
  return {
    hostname: values.host ?? DEFAULT_HOST,
    port: values.port ?? defaultPort(lesson),
    maxConnections: values["max-connections"],
    idleTimeoutMs: seconds === undefined ? undefined : Math.round(seconds * 1000),
    workers: values.workers,
    threads: values.threads,
    maxEventThreads: values["max-event-threads"],
    processes: values.processes,
    handover: values.handover,
    trace: values.trace ?? "pretty",
  };
}
