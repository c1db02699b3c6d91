/**
 * A limit in the time that a machine had for us. Where others want its cores too, a second by the clock
 * counts for less: what a neighbour does may cost time, and never a verdict.
 */
import { text } from "../../../lessons/lab/sample/proc_files.ts";

const LOOK_EVERY_MS = 500;
/** A second counts for a third at least: nothing lasts for ever. */
const LEAST_SHARE = 1 / 3;

/**
 * The part of the machine that was there for us at this moment, from 1/3 to 1.
 *
 * @param loadavg what /proc/loadavg says: its fourth field begins with the threads that run or want to,
 *   see proc(5); "" where there is none.
 * @param ours how many of these are ours.
 */
export function shareOf(
  loadavg: string,
  ours: number,
  cores = navigator.hardwareConcurrency,
): number {
  const running = Number(/^(?:\S+ ){3}(\d+)\//.exec(loadavg)?.[1] ?? 0);
  // This look runs itself.
  const others = Math.max(0, running - ours - 1);
  return Math.max(LEAST_SHARE, cores / Math.max(cores, others + 1));
}

/**
 * Calls once so much of the machine's time is over.
 *
 * @param ours how many threads of the server under test run or want to.
 * @param over gets the time by the clock, in ms.
 * @returns ends it before.
 */
export function afterFairTime(
  limitMs: number,
  ours: () => number,
  over: (clockMs: number) => void,
): () => void {
  const startMs = performance.now();
  let lastMs = startMs, usedMs = 0;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    usedMs += (nowMs - lastMs) * shareOf(text("/proc/loadavg"), ours());
    lastMs = nowMs;
    if (usedMs < limitMs) return;
    clearInterval(timer);
    over(nowMs - startMs);
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
