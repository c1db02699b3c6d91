/**
 * What a server under test may use. One that goes beyond is ended, so that a runaway does not take
 * the machine, and with it the other experiments, down.
 */
import { residentBytes, threadsOf } from "./proc.ts";

/** Resident memory, in bytes. Model 2 with 20 clients needs about 250 MB. */
export const MAX_RESIDENT_BYTES = 1024 * 1024 * 1024;
/** Threads of all processes. Model 2 with 20 clients has about 30. */
export const MAX_THREADS = 400;

const LOOK_EVERY_MS = 100;

/**
 * Looks at a process and its descendants until told to stop.
 *
 * @param exceeded is called once, with the reason, when a limit is passed.
 * @returns stops looking.
 */
export function watchLimits(pid: number, exceeded: (why: string) => void): () => void {
  const look = () => {
    const why = reason(pid);
    if (why === undefined) return;
    clearInterval(timer);
    exceeded(why);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

function reason(pid: number): string | undefined {
  const threads = threadsOf(pid).length;
  if (threads > MAX_THREADS) return `it had ${threads} threads; ${MAX_THREADS} are allowed`;
  const mebibytes = Math.round(residentBytes(pid) / 2 ** 20);
  if (mebibytes * 2 ** 20 > MAX_RESIDENT_BYTES) {
    return `it used ${mebibytes} MiB of memory; ${MAX_RESIDENT_BYTES / 2 ** 20} MiB are allowed`;
  }
}
