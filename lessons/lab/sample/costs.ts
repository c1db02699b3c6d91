/** What a program costs, its descendants among it, as Linux's /proc tells it; see proc(5). */
import { entries, text } from "./proc_files.ts";
import { processTree } from "./threads.ts";

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

/** How many threads the process and its descendants have; Deno's own count too. */
export function threadCount(pid: number): number {
  return processTree(pid).reduce((sum, one) => sum + entries(`/proc/${one}/task`).length, 0);
}
