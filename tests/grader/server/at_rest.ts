/**
 * Whether a server is at rest, that is, has done what it can do: no thread of it runs or wants to, and
 * nothing is on its way to it. Time decides nothing here. A server that waits for a core wants to run;
 * one that is held up waits for something else, and will wait for ever.
 *
 * Two things look like rest and are not, on a machine that is overloaded. Threads that hand something
 * on to each other may each be asleep in the moment when they are looked at; but then they have been
 * put on a core since the look before. And bytes may lie in the kernel between two sockets, because it
 * has not come round to passing them on; or at a client's, because this process has not come round to
 * reading them.
 */
import type { ThreadSample } from "./proc.ts";
import { packetsWait, socketPairs } from "./sockets.ts";
import { hasSpun, hasUsedEnough, type MaySpin } from "./spinning.ts";

/** Between two looks at the server's threads. */
const LOOK_EVERY_MS = 12;
/** What a look adds in which no thread runs, and none has run since the look before; or some have. */
const RESTED = 4, RAN_BETWEEN = 1;
/** So much in a row, and the server is quiet: 4 looks with one wake-up between them, or 13. */
const QUIET = 13;
/** A look that comes so much too late tells that the machine is overloaded. */
const LATE_MS = 20;
/** CPU time that a server at rest may use between two looks: a timer, a collector. */
const REST_CPU_NS = 1_000_000;
/** After that nothing can be said. A look that comes late, since the machine is busy, counts as one. */
const GIVE_UP_MS = 12_000;

/** What is watched of a server. */
export interface Watched extends MaySpin {
  readonly port: number;
  /** Whether its process still runs. */
  readonly running: boolean;
  threads(): ThreadSample[];
}

/** Looks at a server's threads, one after the other. */
export class ThreadLooks {
  readonly #firstNs: number;
  #cpuNs: number;
  #runs: number;

  /** @param threads as they were at first; none: what they have used ever since they started counts. */
  constructor(threads: readonly ThreadSample[] = []) {
    this.#firstNs = this.#cpuNs = sum(threads, "cpuNs");
    this.#runs = sum(threads, "runs");
  }

  /**
   * Takes one more look.
   *
   * @returns whether a thread runs or has worked since the look before; whether any was put on a core.
   */
  next(threads: readonly ThreadSample[]): { works: boolean; woke: boolean } {
    const [cpuNs, runs] = [sum(threads, "cpuNs"), sum(threads, "runs")];
    const works = threads.some(({ state }) => state === "R" || state === "D") ||
      cpuNs - this.#cpuNs > REST_CPU_NS;
    const woke = runs !== this.#runs;
    [this.#cpuNs, this.#runs] = [cpuNs, runs];
    return { works, woke };
  }

  /** CPU time that was used since the first look, in nanoseconds. */
  get usedNs(): number {
    return this.#cpuNs - this.#firstNs;
  }
}

function sum(threads: readonly ThreadSample[], what: "cpuNs" | "runs"): number {
  return threads.reduce((total, thread) => total + thread[what], 0);
}

/** What came first. */
export type Outcome = "done" | "quiet" | "busy" | "ended" | "unclear";

/**
 * Waits until something holds, or the server is quiet, has ended, or works without end.
 *
 * @param isRead whether a client of this process that has the port reads what comes.
 * @param atLeastMs so long it is looked at in any case: a server that is slow rests, and goes on.
 */
export async function untilQuiet(
  server: Watched,
  done: () => boolean,
  isRead: (port: number) => boolean = () => false,
  atLeastMs = 0,
): Promise<Outcome> {
  const restMs = performance.now() + atLeastMs;
  const before = server.threads();
  const looks = new ThreadLooks(before);
  let quiet = 0, late = false, spentMs = 0;
  while (quiet < QUIET || performance.now() < restMs) {
    const lookMs = performance.now();
    // In this order: what a server did before it ended has been done when its end is seen.
    const ended = !server.running;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    if (done()) return "done";
    if (ended) return "ended";
    const { works, woke } = looks.next(server.threads());
    if (works || packetsWait()) [quiet, late] = [0, false];
    else quiet += woke ? RAN_BETWEEN : RESTED;
    const tookMs = performance.now() - lookMs;
    if (tookMs > LOOK_EVERY_MS + LATE_MS) late = true;
    spentMs += Math.min(tookMs, LOOK_EVERY_MS + LATE_MS);
    if (quiet >= QUIET && late && bytesOnTheirWay(server.port, isRead)) [quiet, late] = [0, false];
    if (hasSpun(server, looks.usedNs, before)) {
      hasUsedEnough(server, before);
      return "busy";
    }
    if (spentMs > GIVE_UP_MS + atLeastMs) return "unclear";
  }
  // It may have answered while it was looked at: what has come by now is read in the next turn.
  await new Promise((resolve) => setTimeout(resolve));
  return done() ? "done" : "quiet";
}

/**
 * Whether one end has sent what the other has not got. Bytes that nobody reads are not on their way:
 * they lie at the receiver, and stop the sender there.
 */
function bytesOnTheirWay(port: number, isRead: (port: number) => boolean): boolean {
  return socketPairs(port).some(({ near, far }) =>
    (far.receiveQueue > 0 && isRead(far.localPort)) ||
    (near.sendQueue > 0 && far.receiveQueue === 0) || (far.sendQueue > 0 && near.receiveQueue === 0)
  );
}
