/**
 * A program as the operating system sees it: its threads, their CPU time and states, its descriptors,
 * and the queues of its sockets. Read from Linux's /proc; the formats are those of proc(5) and of
 * Linux's Documentation/scheduler/sched-stats.rst.
 */
import { entries, text } from "./proc_files.ts";

export { acceptQueue, connectionEnds, listeningPorts, socketNames, socketsAt } from "./sockets.ts";

/** One thread of one process, at one moment. */
export interface ThreadSample {
  /** Names the thread; the kernel's number for it. */
  readonly tid: number;
  readonly pid: number;
  readonly name: string;
  /** R: runs or waits for a core. S: sleeps. D: waits for a disk. Z: has ended. */
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
  for (const parent of tree) {
    for (const task of entries(`/proc/${parent}/task`)) {
      const children = text(`/proc/${parent}/task/${task}/children`);
      tree.push(...children.split(" ").filter((word) => word !== "").map(Number));
    }
  }
  return tree;
}

/** Whether the process exists and has not ended. */
export function alive(pid: number): boolean {
  const stat = text(`/proc/${pid}/stat`);
  return stat !== "" && !/\) [ZX] /.test(stat);
}

/** Every thread of the process and its descendants. */
export function threadsOf(pid: number): ThreadSample[] {
  const samples: ThreadSample[] = [];
  for (const process of processTree(pid)) {
    for (const tid of entries(`/proc/${process}/task`)) {
      const folder = `/proc/${process}/task/${tid}`;
      const stat = text(`${folder}/stat`);
      const nameEnd = stat.lastIndexOf(")");
      if (nameEnd === -1) continue;
      const fields = stat.slice(nameEnd + 2).split(" ");
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

/** Threads of the process, and its resident memory in bytes; 0 of each once it is gone. */
export function statusOf(pid: number): { threads: number; residentBytes: number } {
  const status = text(`/proc/${pid}/status`);
  const figure = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return { threads: figure("Threads"), residentBytes: figure("VmRSS") * 1024 };
}

/** Resident memory of the process and its descendants, in bytes; shared pages count for each. */
export function residentBytes(pid: number): number {
  return processTree(pid).reduce((sum, one) => sum + statusOf(one).residentBytes, 0);
}

/**
 * What the process and its descendants have in memory for themselves, in bytes: heaps and stacks, and
 * not the program's file, which every process that runs it has in common. A page that n of them share
 * counts for each as an n-th.
 *
 * @returns undefined where the kernel does not tell (before Linux 5.4).
 */
export function ownMemory(pid: number): number | undefined {
  let bytes = 0;
  for (const one of processTree(pid)) {
    const [, kibibytes] = /^Pss_Anon: +(\d+) kB/m.exec(text(`/proc/${one}/smaps_rollup`)) ?? [];
    if (kibibytes === undefined) return undefined;
    bytes += Number(kibibytes) * 1024;
  }
  return bytes;
}

/** CPU time of the process and its descendants, of threads that have ended too, in ms; steps of 10. */
export function cpuMsOf(pid: number): number {
  return processTree(pid).reduce((sum, one) => {
    const stat = text(`/proc/${one}/stat`);
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return sum + (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10;
  }, 0);
}

/** How many descriptors the process and its descendants have open. */
export function openDescriptors(pid: number): number {
  return processTree(pid).reduce((sum, one) => sum + entries(`/proc/${one}/fd`).length, 0);
}
