/**
 * What a server under test may use. One that goes beyond is ended, so that a runaway does not take
 * the machine, and with it the other experiments, down.
 *
 * Not by `setrlimit`: V8 reserves gigabytes of address space that it never touches, so a limit that
 * Linux keeps for us (RLIMIT_AS, RLIMIT_DATA) would have to be too high to be of use.
 */
import type { Offspring } from "./offspring.ts";
import { statusOf, writtenBytes } from "./proc.ts";

/** Resident memory, in bytes. Model 2 with 20 clients needs 300 MB, model 7 in its burst 700. */
export const MAX_RESIDENT_BYTES = 1024 * 1024 * 1024;
/** Threads of all processes. Model 2 with 20 clients has about 30. */
export const MAX_THREADS = 400;

/**
 * What it has written to disks, in bytes: Deno's caches, 3 MB when they are new. No permission is
 * needed for the temporary files of `node:sqlite`, which have no name and may fill a disk.
 */
export const MAX_WRITTEN_BYTES = 64 * 1024 * 1024;

/** Two busy cores fill about 200 MB in that time, and a bomb of Workers starts about 10. */
const LOOK_EVERY_MS = 50;

/**
 * Looks at a process and its descendants until told to stop.
 *
 * @param exceeded is called once, with the reason, when a limit is passed.
 * @param mostWrittenBytes for a file; a command may have to be compiled first.
 * @returns stops looking.
 */
export function watchLimits(
  processes: Offspring,
  exceeded: (why: string) => void,
  mostWrittenBytes = Infinity,
): () => void {
  volunteerForOom(processes.pid);
  const look = () => {
    const why = reason(processes.pids(), mostWrittenBytes);
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

function reason(pids: readonly number[], mostWrittenBytes: number): string | undefined {
  let threads = 0, residentBytes = 0, written = 0;
  for (const process of pids) {
    const status = statusOf(process);
    threads += status.threads;
    residentBytes += status.residentBytes;
    written += writtenBytes(process);
  }
  if (threads > MAX_THREADS) return `it had ${threads} threads; ${MAX_THREADS} are allowed`;
  return beyond("used", "of memory", residentBytes, MAX_RESIDENT_BYTES) ??
    beyond("wrote", "to a disk", written, mostWrittenBytes);
}

function beyond(did: string, what: string, bytes: number, most: number): string | undefined {
  const [used, allowed] = [bytes, most].map((one) => Math.round(one / 2 ** 20));
  return bytes > most ? `it ${did} ${used} MiB ${what}; ${allowed} MiB are allowed` : undefined;
}
