/** The tables of a comparison and their columns, in one place for the terminal and the page. */
import type { Comparison, Figures } from "./figures.ts";

/** A figure of each server. */
export interface Column {
  /** Two lines of at most seven characters, for a terminal. */
  readonly lines: readonly [string, string];
  /** For the page. */
  readonly title: string;
  readonly value: (figures: Figures) => number | undefined;
  /** Needs Linux's /proc. */
  readonly proc?: true;
  /** Counts something. */
  readonly count?: true;
}

const PROC = { proc: true } as const;
const MIB = 2 ** 20, KIB = 1024;

function scaled(value: number | undefined, unit: number): number | undefined {
  return value === undefined ? undefined : value / unit;
}

/** What a server costs before it does anything. */
const REST: readonly Column[] = [
  { ...PROC, lines: ["", "procs"], title: "processes", value: (one) => one.processes, count: true },
  {
    ...PROC,
    lines: ["threads", "alone"],
    title: "threads",
    value: (one) => one.threads,
    count: true,
  },
  {
    ...PROC,
    lines: ["with 20", "clients"],
    title: "with 20 idle clients",
    value: (one) => one.threads_20_clients,
    count: true,
  },
  {
    ...PROC,
    lines: ["memory", "MiB"],
    title: "memory, MiB",
    value: (one) => scaled(one.memory_bytes, MIB),
  },
  {
    ...PROC,
    lines: ["client", "KiB"],
    title: "an idle client, KiB",
    value: (one) => scaled(one.memory_per_client_bytes, KIB),
  },
  { lines: ["listens", "ms"], title: "listens, ms", value: (one) => one.listens_ms },
  { lines: ["replies", "ms"], title: "replies, ms", value: (one) => one.replies_ms },
];

/** What it does at once. */
const AT_ONCE: readonly Column[] = [
  { lines: ["SLEEP", "at once"], title: "`SLEEP` at once", value: (one) => one.sleep_at_once },
  { lines: ["FIB", "ms"], title: "`FIB`, ms", value: (one) => one.fib_ms },
  { lines: ["FIB", "× of 3"], title: "`FIB`, × model 3", value: (one) => one.fib_ratio },
  { lines: ["new", "cl., ms"], title: "new client, ms", value: (one) => one.new_client_ms },
];

/** What a PING costs. */
function pingColumns(yardstick: Comparison["yardstick"]): Column[] {
  const redis = yardstick === "redis-server";
  const [times, title] = redis ? ["× redis", "× redis-server"] : ["× of 3", "× model 3"];
  return [
    {
      ...PROC,
      lines: ["alone", "CPU, µs"],
      title: "alone: CPU, µs",
      value: (one) => one.ping_alone_cpu_us,
    },
    { ...PROC, lines: ["", times], title, value: (one) => one.ping_alone_ratio },
    { lines: ["median", "µs"], title: "median, µs", value: (one) => one.ping_median_us },
    { lines: ["p99", "µs"], title: "p99, µs", value: (one) => one.ping_p99_us },
    {
      lines: ["load", "clients"],
      title: "load: clients",
      value: (one) => one.ping_clients,
      count: true,
    },
    { ...PROC, lines: ["", "CPU, µs"], title: "CPU, µs", value: (one) => one.ping_load_cpu_us },
    { ...PROC, lines: ["", times], title, value: (one) => one.ping_load_ratio },
  ];
}

/** A table. */
export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
}

/** All tables. */
export function tablesOf(yardstick: Comparison["yardstick"]): readonly Table[] {
  return [
    { title: "At rest", columns: REST },
    { title: "At once", columns: AT_ONCE },
    { title: "A PING", columns: pingColumns(yardstick) },
  ];
}
