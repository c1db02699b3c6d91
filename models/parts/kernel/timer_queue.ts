/**
 * Timers for a thread that blocks in the kernel: the first one that is due is the time-out of its
 * `epoll_wait`.
 *
 * Invariant: timers of the same length are due in the order in which they were started, and a `Set`
 * keeps that order. There are few lengths; so what is due next is found by looking at the first timer
 * of each.
 */
import type { Timer } from "../timers.ts";

interface QueuedTimer extends Timer {
  readonly dueMs: number;
  readonly run: () => void;
  /** @returns whether it was still to run. */
  readonly takeOut: () => boolean;
}

/** The timers of one thread. */
export class TimerQueue {
  readonly #byLength = new Map<number, Set<QueuedTimer>>();

  /** Whether none is running. */
  get isEmpty(): boolean {
    return this.#byLength.size === 0;
  }

  /** Starts a timer. It runs once, in `runDue()`. */
  start(run: () => void, ms: number): Timer {
    const timers = this.#byLength.get(ms) ?? new Set<QueuedTimer>();
    this.#byLength.set(ms, timers);
    const takeOut = () => {
      const wasRunning = timers.delete(timer);
      if (timers.size === 0 && this.#byLength.get(ms) === timers) this.#byLength.delete(ms);
      return wasRunning;
    };
    const dueMs = performance.now() + ms;
    const timer: QueuedTimer = { dueMs, run, takeOut, cancel: () => void takeOut() };
    timers.add(timer);
    return timer;
  }

  /** In how many ms, rounded up, the next one is due; Infinity: there is none. */
  untilDueMs(): number {
    let dueMs = Infinity;
    for (const timers of this.#byLength.values()) {
      for (const timer of timers) {
        dueMs = Math.min(dueMs, timer.dueMs);
        break;
      }
    }
    return dueMs === Infinity ? dueMs : Math.max(0, Math.ceil(dueMs - performance.now()));
  }

  /** Runs what is due; not what is started meanwhile. Returns whether there was anything. */
  runDue(): boolean {
    if (this.isEmpty) return false;
    const nowMs = performance.now();
    const due = [...this.#byLength.values()].flatMap((timers) => {
      const first: QueuedTimer[] = [];
      for (const timer of timers) {
        if (timer.dueMs > nowMs) break;
        first.push(timer);
      }
      return first;
    });
    for (const timer of due) {
      // One of those before may have cancelled it.
      if (timer.takeOut()) timer.run();
    }
    return due.length > 0;
  }
}
