/**
 * Timers for all parts. They are Deno's, unless this thread blocks in the kernel, where Deno's never
 * run: then whatever blocks it brings timers of its own, see `kernel/kernel_loop.ts`.
 */

/** A timer that was started. */
export interface Timer {
  /** It will not run. May be called at any time, also when it has run. */
  cancel(): void;
}

/** Starts a timer: `run` is called once, `ms` later. */
export type StartTimer = (run: () => void, ms: number) => Timer;

let start: StartTimer = (run, ms) => {
  const timer = setTimeout(run, ms);
  return { cancel: () => clearTimeout(timer) };
};

/** Starts a timer: `run` is called once, after `ms`, unless it is cancelled before. */
export function startTimer(run: () => void, ms: number): Timer {
  return start(run, ms);
}

/** Settles after `ms`. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => start(resolve, ms));
}

/** From now on this thread's timers are started so. */
export function useTimers(own: StartTimer): void {
  start = own;
}
