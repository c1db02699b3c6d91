/** The flags of the lessons' servers. */
import type { Floor, ServeOptions } from "../../models/parts/options.ts";
import { IDLE_TIMEOUT_MS, type Size, type SizeName, SIZES } from "../../models/parts/sizes.ts";
import { type Lesson, portOf } from "../catalogue.ts";
import { type Flag, type FlagValues, oneOf, onOff, wholeNumber } from "./flags.ts";

/** Where a lesson's server listens, when nobody says otherwise: this machine only. */
export const DEFAULT_HOST = "127.0.0.1";

const MAX_IDLE_SECONDS = IDLE_TIMEOUT_MS.most / 1000;

const idleTimeout: Flag<number> = {
  placeholder: "SECONDS",
  about: `closes the idle; default ${IDLE_TIMEOUT_MS.usual / 1000}; 0: never`,
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

function sizeFlag({ least, most, about }: Size, otherwise = ""): Flag<number> {
  return wholeNumber(least, most, "N", about + otherwise);
}

function defaultOf({ usual }: Size): string {
  // With "default" it would be wider than a terminal.
  return typeof usual === "number" ? `; default ${usual}` : `; ${usual}`;
}

const handover = oneOf(["auto", "descriptor", "stream"], "how a thread gets its connection");

const io: Flag<Floor> = oneOf(["deno", "kernel"], "what it stands on; default deno");

const EVERY_LESSON = {
  "port": wholeNumber(0, 65535, "PORT", "0: any free port"),
  "host": host,
  // Model 2 has a default of its own.
  "max-connections": sizeFlag(SIZES.maxConnections),
  "idle-timeout": idleTimeout,
  "trace": oneOf(["pretty", "quiet", "json", "off"], "what happens, a line each; default pretty"),
  "io": io,
  "exercise": onOff("run your own exercise.ts, not the model"),
  "watch": onOff("with --exercise: again whenever it is saved"),
  "trace-file": {
    placeholder: "FILE",
    about: "save the trace at the end, for Perfetto",
    // Deno takes a comma for one between two files.
    allowed: "a file's name without a comma",
    parse: (text: string) => text.includes(",") ? undefined : text,
  },
  "demo": onOff("play this lesson's scenes, and draw them"),
  "help": onOff("show this"),
};

/** The flags that only some lessons have. */
type SomeLessons =
  & { readonly [name in SizeName as typeof SIZES[name]["flag"]]: Flag<number> }
  & { readonly handover: typeof handover };

/** The values that were given on the command line of a lesson's server. */
export type LessonValues = FlagValues<typeof EVERY_LESSON & SomeLessons>;

/** The flags of one lesson: those of every lesson, and its own. */
export function lessonFlags(lesson: Lesson) {
  const port = { ...EVERY_LESSON.port, about: `default ${portOf(lesson)}; 0: any free port` };
  const { exercise, watch, "trace-file": traceFile, demo, help, ...others } = {
    ...EVERY_LESSON,
    port,
  };
  const sizes = Object.values(lesson.sizes).map((name) => SIZES[name])
    .map((size) => [size.flag, sizeFlag(size, defaultOf(size))]);
  const own = { ...Object.fromEntries(sizes), ...lesson.handsOver ? { handover } : {} };
  return { ...others, ...own, exercise, watch, "trace-file": traceFile, demo, help } as
    & typeof EVERY_LESSON
    & Partial<SomeLessons>;
}

/** What a model's `serve()` is to be called with. */
export function serveOptions(lesson: Lesson, values: LessonValues): ServeOptions {
  const seconds = values["idle-timeout"];
  const sizes = Object.entries(SIZES).map(([name, { flag }]) => [name, values[flag]]);
  return {
    ...Object.fromEntries(sizes),
    hostname: values.host ?? DEFAULT_HOST,
    port: values.port ?? portOf(lesson),
    idleTimeoutMs: seconds === undefined ? undefined : Math.round(seconds * 1000),
    io: values.io,
    handover: values.handover,
    trace: values.trace ?? "pretty",
  };
}
