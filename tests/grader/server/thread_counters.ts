/** What Linux counts for each thread besides its CPU time: what it read and wrote, and how often it slept. */
import { entries, text } from "../../../lessons/lab/sample/proc_files.ts";

/** Of one thread, since it started. */
export interface Counters {
  readonly tid: number;
  readonly pid: number;
  /** How often it went to sleep by itself: once for each thing that it waited for. */
  readonly sleeps: number;
  /** Bytes by `read` and its kin, from whatever; those of `recv` are not among them. */
  readonly readBytes: number;
  /** The same for `write`; those of `send` are not among them. */
  readonly writtenBytes: number;
}

/** A counter of `Counters`. */
export type Counter = "sleeps" | "readBytes" | "writtenBytes";

/** Each thread's counters, by its number. */
export function countersOf(pids: readonly number[]): Map<number, Counters> {
  const found = new Map<number, Counters>();
  for (const pid of pids) {
    for (const tid of entries(`/proc/${pid}/task`).map(Number)) {
      const folder = `/proc/${pid}/task/${tid}`;
      const status = text(`${folder}/status`);
      const io = text(`${folder}/io`);
      found.set(tid, {
        tid,
        pid,
        sleeps: figure(status, "voluntary_ctxt_switches"),
        readBytes: figure(io, "rchar"),
        writtenBytes: figure(io, "wchar"),
      });
    }
  }
  return found;
}

function figure(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0);
}

/** How much a counter of each thread grew, largest first. */
export function growthOf(
  before: ReadonlyMap<number, Counters>,
  after: ReadonlyMap<number, Counters>,
  counter: Counter,
): { readonly tid: number; readonly pid: number; readonly grew: number }[] {
  return [...after.values()]
    .map(({ tid, pid, [counter]: now }) => {
      return { tid, pid, grew: now - (before.get(tid)?.[counter] ?? 0) };
    })
    .sort((a, b) => b.grew - a.grew);
}

/** Threads and processes that were started on this machine since it booted, by whomever. */
export function startedEver(): number {
  return Number(/^processes (\d+)$/m.exec(text("/proc/stat"))?.[1] ?? 0);
}
