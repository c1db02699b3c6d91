/**
 * The processes and threads of a program, their CPU time and states, from Linux's /proc; the formats
 * are those of proc(5) and of Linux's Documentation/scheduler/sched-stats.rst.
 */
import { entries, text } from "./proc_files.ts";

/** One thread of one process, at one moment. */
export interface ThreadSample {
  /** Names the thread; the kernel's number for it. */
  readonly tid: number;
  readonly pid: number;
  readonly name: string;
  /** R: runs or waits for a core. S: sleeps. D: waits for a disk. */
  readonly state: string;
  /** CPU time, in nanoseconds. */
  readonly cpuNs: number;
  /** The part of it spent in the kernel, in clock ticks of 10 ms. */
  readonly systemTicks: number;
  /** How often the thread was put on a core. */
  readonly runs: number;
}

/** True where this module can work. */
export const procExists = Deno.build.os === "linux";

/** The process and all its descendants; empty once they are gone. */
export function processTree(pid: number): number[] {
  const tree = alive(pid) ? [pid] : [];
  for (const parent of tree) tree.push(...childrenOf(parent));
  return tree;
}

/** The processes that the process has started, or that became its children as orphans. */
export function childrenOf(pid: number): number[] {
  return entries(`/proc/${pid}/task`).flatMap((task) => {
    const children = text(`/proc/${pid}/task/${task}/children`);
    return children.split(" ").filter((word) => word !== "").map(Number);
  });
}

/** Whether the process exists and has not ended. */
export function alive(pid: number): boolean {
  const stat = text(`/proc/${pid}/stat`);
  return stat !== "" && !/\) [ZX] /.test(stat);
}

/** Whether the process has ended, and its parent has not waited for it: a zombie, see proc(5). */
export function endedUnwaited(pid: number): boolean {
  return /\) Z /.test(text(`/proc/${pid}/stat`));
}

/** Every thread of the process and its descendants. */
export function threadsOf(pid: number): ThreadSample[] {
  return threadsOfAll(processTree(pid));
}

/** Every thread of the processes that has not ended; one for whose end nobody waited (Z) has. */
export function threadsOfAll(pids: readonly number[]): ThreadSample[] {
  const samples: ThreadSample[] = [];
  for (const process of pids) {
    for (const tid of entries(`/proc/${process}/task`)) {
      const folder = `/proc/${process}/task/${tid}`;
      const stat = text(`${folder}/stat`);
      const nameEnd = stat.lastIndexOf(")");
      if (nameEnd === -1) continue;
      const fields = stat.slice(nameEnd + 2).split(" ");
      if (/^[ZX]$/.test(fields[0])) continue;
      const [cpuNs, , runs] = text(`${folder}/schedstat`).trim().split(" ").map(Number);
      samples.push({
        tid: Number(tid),
        pid: process,
        name: stat.slice(stat.indexOf("(") + 1, nameEnd),
        state: fields[0],
        cpuNs: cpuNs || 0,
        systemTicks: Number(fields[12]),
        runs: runs || 0,
      });
    }
  }
  return samples;
}
