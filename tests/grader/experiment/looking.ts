/**
 * How an experiment looks at a server that it waits for.
 *
 * Whether a reply is held up is read off the server itself: none of its threads runs or wants to run,
 * and the reply has not come in many times that which this server takes for a reply when nobody else is
 * there (`pace.ts`). When a thread still wants to run, the experiment goes on waiting. A claim that is
 * about to fail because nothing comes is worth a longer look: a server may wait for a time-out.
 */
import { Inconclusive, serverEnded } from "./claim_failed.ts";
import type { Client } from "../clients/client.ts";
import { Pace } from "./pace.ts";
import { type Outcome, untilQuiet } from "../server/at_rest.ts";
import type { Step } from "./step.ts";
import type { RunningServer } from "../server/running_server.ts";

/** What became of a reply that was waited for. */
export type Fate<T> =
  | { readonly kind: "came"; readonly value: T }
  /** `spins`: the server is not quiet, but has used far more CPU time than any answer takes. */
  | { readonly kind: "held"; readonly spins: boolean };
/** The reply is held up. */
export type Held = Extract<Fate<unknown>, { kind: "held" }>;

/** The part of an experiment that looks at a server until something holds, or nothing goes on. */
export class Looking {
  /** What was done and seen, in order. */
  readonly steps: Step[] = [];
  /** Everybody who may get replies. */
  protected readonly clients: Client[] = [];
  readonly #startMs = performance.now();
  readonly #paces = new WeakMap<RunningServer, Pace>();

  /** How patient one has to be with the server. */
  paceOf(server: RunningServer): Pace {
    return this.#paces.get(server) ?? new Pace(0);
  }

  /** From now on the experiment is as patient with the server as it says. */
  protected setPace(server: RunningServer, pace: Pace): void {
    this.#paces.set(server, pace);
  }

  /** Takes down one step. */
  record = (who: string, what: string): void => {
    this.steps.push({ atMs: performance.now() - this.#startMs, who, what });
  };

  /**
   * Waits until the promise settles, or the server is quiet and it has not.
   *
   * @param expected whether the claim fails when nothing comes.
   * @throws ClaimFailed when the server is gone; Inconclusive when it neither answers nor gets quiet.
   */
  async fate<T>(
    server: RunningServer,
    promise: Promise<T>,
    expected = false,
  ): Promise<Fate<T>> {
    let settled: Fate<T> | undefined;
    let lost: unknown;
    promise.then((value) => settled = { kind: "came", value }, (error) => lost = error);
    const done = () => settled !== undefined || lost !== undefined;
    const { heldMs } = this.paceOf(server);
    const outcome = expected
      ? await this.#watchTwice(server, done)
      : await this.#watch(server, done, heldMs);
    if (lost !== undefined) throw lost;
    return settled ?? { kind: "held", spins: outcome === "busy" };
  }

  /** Waits until the condition holds, or it clearly is not going to. Returns whether it held. */
  async until(server: RunningServer, condition: () => boolean): Promise<boolean> {
    return await this.#watchTwice(server, condition) === "done" || condition();
  }

  /** Waits until no thread of the server runs: then it has done what it can do. */
  async quiet(server: RunningServer): Promise<void> {
    await this.#watch(server, () => false, this.paceOf(server).quietMs);
  }

  /** Lets so much time go by, in ms, and more until the server is quiet. */
  async goesBy(server: RunningServer, ms: number): Promise<void> {
    await this.#watch(server, () => false, ms);
  }

  /**
   * Waits until nothing more comes: replies of a slow server may come one after the other, each behind a
   * rest of its own.
   *
   * @param count how many have come.
   */
  async noMore(server: RunningServer, count: () => number): Promise<void> {
    for (let before = -1; count() > before;) {
      before = count();
      await this.#watch(server, () => false, this.paceOf(server).heldMs);
    }
  }

  async #watchTwice(server: RunningServer, done: () => boolean): Promise<Outcome> {
    const { heldMs, lastLookMs } = this.paceOf(server);
    const outcome = await this.#watch(server, done, heldMs);
    if (outcome === "done") return outcome;
    return await this.#watch(server, done, lastLookMs);
  }

  async #watch(
    server: RunningServer,
    done: () => boolean,
    atLeastMs: number,
  ): Promise<Outcome> {
    const isRead = (port: number) => this.clients.some((one) => one.port === port && one.reads);
    const outcome = await untilQuiet(server, done, isRead, atLeastMs);
    if (outcome === "ended") throw await serverEnded(server);
    if (outcome === "unclear") {
      throw new Inconclusive("the server was neither done nor quiet when the time was over");
    }
    return outcome;
  }
}
