/**
 * The sizes of a server, once. What `serve()` takes and refuses, the models' defaults, the lessons'
 * flags with their help, and the places for sizes in a command that is graded: all follow from here.
 */

/** How many of a thing a server may have. */
export interface Size {
  /** Its spelling as a flag, without the dashes. */
  readonly flag: string;
  /** A whole number from this one… */
  readonly least: number;
  /** …to this one. */
  readonly most: number;
  /** What it is when nobody says. */
  readonly usual: number | "one a core";
  /** What there are so many of, in a few words. */
  readonly about: string;
}

/** By the name of the option of `serve()`. */
export const SIZES = {
  maxConnections: {
    flag: "max-connections",
    least: 1,
    most: 100_000,
    usual: 1000,
    about: "served at once; one more gets an error",
  },
  workers: {
    flag: "workers",
    least: 1,
    most: 256,
    usual: 4,
    about: "threads in the worker pool",
  },
  threads: {
    flag: "threads",
    least: 1,
    most: 256,
    usual: "one a core",
    about: "threads that watch sockets",
  },
  maxEventThreads: {
    flag: "max-event-threads",
    least: 1,
    most: 256,
    // What is ready beyond that waits for a thread to end. 64 threads take about 880 MB.
    usual: 64,
    about: "started at once at most",
  },
  processes: {
    flag: "processes",
    least: 1,
    most: 64,
    usual: "one a core",
    about: "child processes",
  },
} as const satisfies Readonly<Record<string, Size>>;

/** An option of `serve()` that is a size. */
export type SizeName = keyof typeof SIZES;

/** The sizes that somebody asks for; a model ignores those that it has no use for. */
export type Sizes = { -readonly [name in SizeName]?: number };

/** What each size is when nobody says. */
export const DEFAULTS: Readonly<Record<SizeName, number>> = Object.fromEntries(
  Object.entries(SIZES).map(([name, { usual }]) => [
    name,
    usual === "one a core" ? navigator.hardwareConcurrency : usual,
  ]),
) as Record<SizeName, number>;

/** How long a connection may be idle, in ms. Longer timers than a day make no sense. */
export const IDLE_TIMEOUT_MS = { most: 86_400_000, usual: 300_000 } as const;
