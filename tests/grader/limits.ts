/**
 * What a server under test may use. One that goes beyond is ended, so that a runaway does not take
 * the machine, and with it the other experiments, down.
 *
 * Not by `setrlimit`: V8 reserves gigabytes of address space that it never touches, so a limit that
 * Linux keeps for us (RLIMIT_AS, RLIMIT_DATA) would have to be too high to be of use.
 */
import { processTree, statusOf } from "./proc.ts";

/** Resident memory, in bytes. Model 2 with 20 clients needs 300 MB, model 7 in its burst 700. */
export const MAX_RESIDENT_BYTES = 1024 * 1024 * 1024;
/** Threads of all processes. Model 2 with 20 clients has about 30. */
export const MAX_THREADS = 400;

/** Two busy cores fill about 200 MB in that time, and a bomb of Workers starts about 10. */
const LOOK_EVERY_MS = 50;

/**
 * Looks at a process and its descendants until told to stop.
 *
 * @param exceeded is called once, with the reason, when a limit is passed.
 * @returns stops looking.
 */
export function watchLimits(pid: number, exceeded: (why: string) => void): () => void {
  volunteerForOom(pid);
  const look = () => {
    const why = reason(pid);
    if (why === undefined) return;
    clearInterval(timer);
    exceeded(why);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

/** On a machine smaller than the limit the kernel ends this process first, and not the grader. */
function volunteerForOom(pid: number): void {
  try {
    Deno.writeTextFileSync(`/proc/${pid}/oom_score_adj`, "1000");
  } catch {
    // The process is gone, or the system is not Linux.
  }
}

function reason(pid: number): string | undefined {
  let threads = 0, residentBytes = 0;
  for (const process of processTree(pid)) {
    const status = statusOf(process);
    threads += status.threads;
    residentBytes += status.residentBytes;
  }
  if (threads > MAX_THREADS) return `it had ${threads} threads; ${MAX_THREADS} are allowed`;
  if (residentBytes > MAX_RESIDENT_BYTES) {
    const [used, allowed] = [residentBytes, MAX_RESIDENT_BYTES].map(mebibytes);
    return `it used ${used} MiB of memory; ${allowed} MiB are allowed`;
  }
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
