/** What threads a server has, and which of them worked. */
import type { ThreadSample } from "./proc.ts";
import type { RunningServer } from "./target.ts";

/** How many more threads the server has than in the earlier sample. */
export function threadGrowth(server: RunningServer, before: readonly ThreadSample[]): number {
  return server.threads().length - before.length;
}

/** So many threads a runtime starts late, or ends, for itself: they make no pool, and are no client's. */
export const RUNTIMES_OWN = 2;

/** `1 thread`, `2 threads`, `2 processes`. */
export function counted(count: number, what: string): string {
  const plural = what.endsWith("s") ? "es" : "s";
  return `${count} ${what}${count === 1 ? "" : plural}`;
}

/**
 * How many threads clients cost, for a verdict.
 *
 * @param growth from `threadGrowth`.
 * @param most how many are not the clients'.
 */
export function costText(clients: number, growth: number, most = RUNTIMES_OWN): string {
  if (growth <= 0) return `${clients} clients cost no thread`;
  const own = growth <= most ? ", no more than the runtime's own" : "";
  return `${clients} clients cost ${counted(growth, "thread")}${own}`;
}

/** Threads that started since the earlier sample. */
export function newThreads(
  server: RunningServer,
  before: readonly ThreadSample[],
): ThreadSample[] {
  const old = new Set(before.map(({ tid }) => tid));
  return server.threads().filter(({ tid }) => !old.has(tid));
}

/** What one thread used between two samples. */
export interface ThreadUse {
  readonly thread: ThreadSample;
  readonly used: number;
}

/** A difference between two samples: CPU time, clock ticks or runs, of each thread, largest first. */
export function perThread(
  before: readonly ThreadSample[],
  after: readonly ThreadSample[],
  what: "cpuNs" | "systemTicks" | "runs",
): ThreadUse[] {
  const earlier = new Map(before.map((thread) => [thread.tid, thread[what]]));
  return after
    .map((thread) => ({ thread, used: thread[what] - (earlier.get(thread.tid) ?? 0) }))
    .sort((a, b) => b.used - a.used);
}

/** Of each thread the smaller figure, 0 when it was there once only; the largest of them first. */
export function leastOf(one: readonly ThreadUse[], other: readonly ThreadUse[]): ThreadUse[] {
  const others = new Map(other.map(({ thread, used }) => [thread.tid, used]));
  return one
    .map(({ thread, used }) => ({ thread, used: Math.min(used, others.get(thread.tid) ?? 0) }))
    .sort((a, b) => b.used - a.used);
}

/**
 * The thread that used more than twice as much as any other; undefined when there is none.
 *
 * @param uses largest first, as from `perThread`.
 * @param least what it has to have used in any case.
 */
export function standsOut(uses: readonly ThreadUse[], least = 0): ThreadUse | undefined {
  const [most, second] = uses;
  if (most === undefined || most.used < least) return undefined;
  return most.used > 2 * (second?.used ?? 0) ? most : undefined;
}
