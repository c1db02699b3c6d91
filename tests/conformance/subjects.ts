/**
 * The servers that the conformance tests are about: every model, and each way in which it can be run
 * that a client could notice. What is tested is the same for all; where models differ on purpose, the
 * table says how.
 */
import type { Sizes } from "../grader/target.ts";

/** One server, and what it shows of its model. */
export interface Subject {
  /** Begins the title of each of its tests. */
  readonly name: string;
  /** The number of its lesson. */
  readonly model: number;
  /** How it is started. */
  readonly sizes: Sizes;
  /** True when one client is served from accept to close, and all others wait. */
  readonly serial: boolean;
  /** What INFO calls the model, and the sizes it tells. */
  readonly info: { readonly model: string; readonly sizes: Readonly<Record<string, number>> };
  /** The `threads` of INFO while so many clients are connected. */
  readonly threads: (clients: number) => number;
  /** What WHO may answer. */
  readonly who: RegExp;
}

const threadPerConnection = {
  model: 2,
  serial: false,
  info: { model: "thread-per-connection", sizes: {} },
  threads: (clients: number) => 1 + clients,
  who: /^thread-\d+$/,
};

const ioThreadPool = {
  model: 5,
  serial: false,
  info: { model: "io-thread-pool", sizes: { io_threads: 2 } },
  threads: () => 3,
  who: /^io-[12]$/,
};

/** Every server that is tested. */
export const subjects: readonly Subject[] = [
  {
    name: "model 1",
    model: 1,
    sizes: {},
    serial: true,
    info: { model: "single-thread-accept", sizes: {} },
    threads: () => 1,
    who: /^main$/,
  },
  { name: "model 2, descriptor", sizes: { handover: "descriptor" }, ...threadPerConnection },
  { name: "model 2, stream", sizes: { handover: "stream" }, ...threadPerConnection },
  {
    name: "model 3",
    model: 3,
    sizes: {},
    serial: false,
    info: { model: "io-multiplexing", sizes: {} },
    threads: () => 1,
    who: /^main$/,
  },
  {
    name: "model 4",
    model: 4,
    sizes: { workers: 2 },
    serial: false,
    info: { model: "worker-pool", sizes: { workers: 2 } },
    threads: () => 3,
    who: /^worker-[12]$/,
  },
  {
    name: "model 5, descriptor",
    sizes: { threads: 2, handover: "descriptor" },
    ...ioThreadPool,
  },
  { name: "model 5, stream", sizes: { threads: 2, handover: "stream" }, ...ioThreadPool },
  {
    name: "model 6",
    model: 6,
    // Each process counts, and keeps to its limits, for itself: with one, what is seen is exact.
    sizes: { processes: 1 },
    serial: false,
    info: { model: "process-pool", sizes: { processes: 1 } },
    threads: () => 1,
    who: /^process-1$/,
  },
  {
    name: "model 7",
    model: 7,
    sizes: { threads: 2 },
    serial: false,
    info: { model: "thread-per-event", sizes: { watching_threads: 2, max_event_threads: 64 } },
    // Main, those that watch, and the one that answers INFO.
    threads: () => 4,
    who: /^event-\d+$/,
  },
];

/** The servers that serve many clients at once. */
export const concurrentSubjects: readonly Subject[] = subjects.filter(({ serial }) => !serial);

/** The one that serves one client after the other. */
export const serialSubjects: readonly Subject[] = subjects.filter(({ serial }) => serial);
