/**
 * Looks at a server from outside, again and again: its threads, its accept queue, and what lies unread
 * and unsent. So a server in any language has lanes. Linux only.
 */
import type { KernelSample } from "../lanes/events.ts";
import { socketsAt } from "./sockets.ts";
import { threadsOf } from "./threads.ts";

/** Between two looks, unless one takes so long that it would disturb the server. */
const EVERY_MS = 5;
/** So many times as long as a look takes, nothing is looked at. */
const REST = 2;

/** What to look at, and who hears of it. */
export interface SamplerOptions {
  /** The server's process; its descendants are looked at as well. */
  readonly pid: number;
  readonly port: number;
  /** The time of the run. */
  readonly us: () => number;
  readonly emit: (sample: KernelSample) => void;
}

/** Looks until it is stopped. */
export class Sampler {
  readonly #options: SamplerOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  /** Begins to look, at once. */
  constructor(options: SamplerOptions) {
    this.#options = options;
    this.#look();
  }

  /** Looks no more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #look(): void {
    const startMs = performance.now();
    this.#options.emit(takeSample(this.#options));
    if (this.#stopped) return;
    const restMs = Math.max(EVERY_MS, REST * (performance.now() - startMs));
    this.#timer = setTimeout(() => this.#look(), restMs);
  }
}

/** One look. */
export function takeSample({ pid, port, us }: SamplerOptions): KernelSample {
  // Whoever connected before this is in the list.
  const atUs = us();
  const sockets = socketsAt(port).filter(({ localPort }) => localPort === port);
  const [listening, connections] = [true, false].map((listens) =>
    sockets.filter((socket) => socket.listening === listens)
  );
  return {
    source: "kernel",
    us: atUs,
    acceptQueue: listening.reduce((sum, { receiveQueue }) => sum + receiveQueue, 0),
    connections: connections.map(({ remotePort, open, receiveQueue, sendQueue }) => ({
      port: remotePort,
      accepted: open,
      unread: receiveQueue,
      unsent: sendQueue,
    })),
    threads: threadsOf(pid).map(({ pid, tid, name, state, cpuNs }) => ({
      pid,
      tid,
      name,
      state,
      cpuNs,
    })),
  };
}
