/** What each thread of a server used between two moments, as the operating system counted it. */
import type { ThreadSample } from "./proc.ts";

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
