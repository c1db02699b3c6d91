/**
 * The CPU time of a whole process, of threads that have ended too, to the nanosecond: by clock_gettime(2)
 * of that process's clock. /proc has it in steps of 10 ms only, and to the nanosecond only of threads
 * that live.
 */
import { cpuMsOf } from "./proc.ts";

const CALLS = {
  clock_getcpuclockid: { parameters: ["i32", "buffer"], result: "i32" },
  clock_gettime: { parameters: ["i32", "buffer"], result: "i32" },
} as const;

/** Undefined where there is no Linux, or no libc of that name. */
const libc = Deno.build.os === "linux" ? open() : undefined;

function open(): Deno.DynamicLibrary<typeof CALLS>["symbols"] | undefined {
  try {
    return Deno.dlopen("libc.so.6", CALLS).symbols;
  } catch {
    return undefined;
  }
}

/** CPU time of the process since it started, in nanoseconds; 0 once it is gone. */
export function processCpuNs(pid: number): number {
  if (libc === undefined) return cpuMsOf(pid) * 1e6;
  const clock = new Int32Array(1);
  const time = new BigInt64Array(2);
  if (libc.clock_getcpuclockid(pid, clock) !== 0) return 0;
  if (libc.clock_gettime(clock[0], time) !== 0) return 0;
  return Number(time[0]) * 1e9 + Number(time[1]);
}

/** The same of several processes together. */
export function totalCpuNs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + processCpuNs(pid), 0);
}
