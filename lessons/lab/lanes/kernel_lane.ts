/**
 * What samples of the kernel tell: how long the accept queue was, how many bytes lay unread and unsent,
 * and which threads ran. A point is kept only where something changed.
 */
import { lastAt, type Timed } from "./by_time.ts";
import type { KernelSample, ThreadSample } from "./events.ts";

/** The kernel's queues from one moment on. */
export interface QueuePoint extends Timed {
  /** Connections that nobody has accepted. */
  readonly acceptQueue: number;
  /** Bytes that came for the server and were not read. */
  readonly unread: number;
  /** Bytes that the server wrote and the clients have not acknowledged. */
  readonly unsent: number;
}

/** Whether a thread ran, from one moment on. */
export interface RunPoint extends Timed {
  readonly runs: boolean;
}

/** A thread as the kernel sees it: for a server in any language. */
export class KernelThread {
  readonly points: RunPoint[] = [];
  /** When it was seen last. */
  seenUs = 0;
  #cpuNs: number;

  constructor(readonly pid: number, readonly tid: number, readonly name: string, cpuNs: number) {
    this.#cpuNs = cpuNs;
  }

  /** Takes the next sample: it ran when it used a core for a good part of the time since the last. */
  add({ state, cpuNs }: ThreadSample, us: number): void {
    const usedUs = (cpuNs - this.#cpuNs) / 1000;
    const runs = usedUs > (us - this.seenUs) / 4 || (state === "R" && usedUs > 0);
    const fromUs = this.points.length === 0 ? us : this.seenUs;
    if (this.points.at(-1)?.runs !== runs) this.points.push({ us: fromUs, runs });
    [this.#cpuNs, this.seenUs] = [cpuNs, us];
  }

  /** Whether it ran at a time; undefined when it was not there. */
  runsAt(us: number): boolean | undefined {
    return us > this.seenUs ? undefined : this.points[lastAt(this.points, us)]?.runs;
  }
}

/** The kernel's lane, and those of the threads as it sees them. */
export class KernelLane {
  readonly points: QueuePoint[] = [];
  /** By their numbers, in the order in which they were seen first. */
  readonly threads = new Map<number, KernelThread>();

  /** Takes the next sample. */
  add({ us, acceptQueue, connections, threads }: KernelSample): void {
    const sum = (bytes: readonly number[]) => bytes.reduce((all, one) => all + one, 0);
    const unread = sum(connections.map((one) => one.unread));
    const unsent = sum(connections.map((one) => one.unsent));
    const last = this.points.at(-1);
    const same = last?.acceptQueue === acceptQueue && last.unread === unread &&
      last.unsent === unsent;
    if (!same) this.points.push({ us, acceptQueue, unread, unsent });
    for (const sample of threads) this.#threadOf(sample).add(sample, us);
  }

  /** Forgets points before a time, but for the last, which tells how it was then. */
  forgetBefore(us: number): void {
    for (const points of [this.points, ...[...this.threads.values()].map((one) => one.points)]) {
      points.splice(0, lastAt(points, us));
    }
    for (const [tid, { seenUs }] of this.threads) if (seenUs < us) this.threads.delete(tid);
  }

  /** The queues at a time; undefined before the first sample. */
  at(us: number): QueuePoint | undefined {
    return this.points[lastAt(this.points, us)];
  }

  #threadOf({ pid, tid, name, cpuNs }: ThreadSample): KernelThread {
    let thread = this.threads.get(tid);
    if (thread === undefined) {
      thread = new KernelThread(pid, tid, name, cpuNs);
      this.threads.set(tid, thread);
    }
    return thread;
  }
}
