/** Business that computes for longer than an experiment takes, beside business that waits. */
import type { Client } from "../clients/client.ts";
import { ClaimFailed, type Experiment } from "../experiment/experiment.ts";
import { between } from "../experiment/random.ts";
import { totalCpuNs } from "../server/process_clock.ts";
import type { RunningServer } from "../server/running_server.ts";

/** Seconds of work for every language in which it is done. */
const LEAST_N = 43, MOST_N = 45;
/** CPU time from which on the work has begun. */
const BEGUN_NS = 4_000_000;
/** Less than that was no work: the smallest of them takes a compiled program half a second. */
const NO_WORK_NS = 100_000_000;
const NOT_DONE = "FIB n has to be computed, by the definition, each time that it is asked for.";

/** A computation under way. */
export class Computing {
  #reply: string | undefined;
  /** When it was over, by `performance.now()`; undefined: it is under way. */
  overMs: number | undefined;

  private constructor(
    readonly server: RunningServer,
    readonly n: number,
    private readonly beforeNs: number,
    reply: Promise<string>,
  ) {
    reply.then((text) => {
      this.#reply = text;
      this.overMs = performance.now();
    }, () => {});
  }

  /** Asks for one, and waits until the server works on it. */
  static async start(t: Experiment, server: RunningServer, client: Client): Promise<Computing> {
    const n = between(t.random, LEAST_N, MOST_N);
    await t.quiet(server);
    const reply = client.ask("FIB", `${n}`);
    const computing = new Computing(server, n, totalCpuNs(server.processes()), reply);
    await t.until(server, () => computing.#reply !== undefined || computing.#usedNs > BEGUN_NS);
    computing.check();
    return computing;
  }

  get #usedNs(): number {
    return totalCpuNs(this.server.processes()) - this.beforeNs;
  }

  /**
   * To be called when others were answered, or not.
   *
   * @param answeredMs when each of them was.
   * @returns how many of them were answered only when this was over.
   * @throws ClaimFailed when the work was not done.
   */
  lateOnes(answeredMs: readonly number[]): number {
    this.check();
    const { overMs } = this;
    return overMs === undefined ? 0 : answeredMs.filter((ms) => ms >= overMs).length;
  }

  /** Throws ClaimFailed when the work is over, and was not done. */
  check(): void {
    if (this.#reply === undefined || this.#usedNs >= NO_WORK_NS) return;
    const ms = (this.#usedNs / 1e6).toFixed(0);
    throw new ClaimFailed(`FIB ${this.n} cost ${ms} ms of CPU time: it was not done`, NOT_DONE);
  }
}
