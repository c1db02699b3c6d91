/** The CPU time of a server, as finely as it is to be had. */
import { cpuMsOf, threadsOf } from "../grader/server/proc.ts";

/** Between two moments: of all threads, those that have come since among them. */
export class CpuClock {
  readonly #pid: number;
  readonly #ms: number;
  readonly #nsOf: ReadonlyMap<number, number>;

  /** Starts counting. */
  constructor(pid: number) {
    this.#pid = pid;
    this.#ms = cpuMsOf(pid);
    this.#nsOf = new Map(threadsOf(pid).map(({ tid, cpuNs }) => [tid, cpuNs]));
  }

  /** In µs. Of a thread that has ended only the process knows, in steps of 10 ms. */
  get us(): number {
    const now = threadsOf(this.#pid);
    const left = new Set(now.map(({ tid }) => tid));
    if ([...this.#nsOf.keys()].some((tid) => !left.has(tid))) {
      return (cpuMsOf(this.#pid) - this.#ms) * 1000;
    }
    return now.reduce((sum, { tid, cpuNs }) => sum + cpuNs - (this.#nsOf.get(tid) ?? 0), 0) / 1000;
  }
}
