/**
 * A program as the operating system sees it: its threads, which the lab looks at too, its memory, CPU
 * time and descriptors; `sockets.ts` has its sockets. Read from Linux's /proc, see proc(5).
 */
import { entries, text } from "../../../lessons/lab/sample/proc_files.ts";
import { processTree } from "../../../lessons/lab/sample/threads.ts";

export { cpuMsOf, ownMemory } from "../../../lessons/lab/sample/costs.ts";
export {
  alive,
  childrenOf,
  endedUnwaited,
  processTree,
  procExists,
  type ThreadSample,
  threadsOf,
  threadsOfAll,
} from "../../../lessons/lab/sample/threads.ts";

/** The process group and the session that a process is in; 0 once it is gone. */
export function groupAndSession(pid: number): { group: number; session: number } {
  const stat = text(`/proc/${pid}/stat`);
  const [, , group = 0, session = 0] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").map(Number);
  return { group, session };
}

/** Threads of the process, and its resident memory in bytes; 0 of each once it is gone. */
export function statusOf(pid: number): { threads: number; residentBytes: number } {
  const status = text(`/proc/${pid}/status`);
  const figure = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return { threads: figure("Threads"), residentBytes: figure("VmRSS") * 1024 };
}

/** What the process has written to disks, in bytes, without what is in memory only; 0 once it is gone. */
export function writtenBytes(pid: number): number {
  return Number(/^write_bytes: (\d+)/m.exec(text(`/proc/${pid}/io`))?.[1] ?? 0);
}

/** Resident memory of the process and its descendants, in bytes; shared pages count for each. */
export function residentBytes(pid: number): number {
  return processTree(pid).reduce((sum, one) => sum + statusOf(one).residentBytes, 0);
}

/** How many descriptors the process and its descendants have open. */
export function openDescriptors(pid: number): number {
  return processTree(pid).reduce((sum, one) => sum + entries(`/proc/${one}/fd`).length, 0);
}
