/** A load generator, on one thread. */
import { seededRandom } from "../../grader/experiment/random.ts";
import { type Address, LoadClient } from "./load_client.ts";
import { closedLoop, type Lane, type Manner, openLoop, type Run } from "./loops.ts";
import { Schedule } from "./schedule.ts";
import { Tally } from "./tally.ts";
import { Batches, type Work } from "./work.ts";

/** After its time a run waits so long for replies that are due, in ms. */
const GRACE_MS = 2000;
/** So long before a measurement: a server may have to start a thread for each client. */
export const WARM_UP_GRACE_MS = 20_000;

/** What one generator does. */
export interface Share extends Manner {
  readonly address: Address;
  readonly work: Work;
  readonly clients: number;
  /** Connected, and silent. */
  readonly idle: number;
  /** Requests a second, of all clients; none: a closed loop. */
  readonly rate?: number;
  /** By how much its requests come later than those of the first generator, in ms. */
  readonly offsetMs: number;
  readonly seed: number;
}

/** A load generator whose clients are connected. */
export class Generator {
  readonly #share: Share;
  readonly #lanes: Lane[] = [];
  readonly #silent: LoadClient[] = [];
  readonly #schedule = new Schedule();
  #run?: Run;
  #stopped = false;
  #ended = false;

  private constructor(share: Share) {
    this.#share = share;
  }

  /** Connects all clients, one after the other. @throws Error when the server takes no more. */
  static async connect(share: Share): Promise<Generator> {
    const generator = new Generator(share);
    try {
      await generator.#connect();
    } catch (error) {
      generator.close();
      throw error;
    }
    return generator;
  }

  async #connect(): Promise<void> {
    const { address, work, clients, idle, pipeline, churn, seed } = this.#share;
    while (this.#silent.length < idle) {
      const client = new LoadClient(address, 0);
      this.#silent.push(client);
      await client.connect();
    }
    for (let number = 0; number < clients; number++) {
      const batches = new Batches(work, seededRandom(seed, `client ${number}`));
      const { replies } = batches.next(pipeline);
      const client = new LoadClient(address, replies.reduce((sum, { bytes }) => sum + bytes, 0));
      this.#lanes.push({ client, batches, number });
      if (!churn) await client.connect();
    }
  }

  /**
   * Lets the clients ask for so long. What has no reply `graceMs` later never gets one; then, and
   * after `stop`, no run can follow.
   *
   * @throws Error when the server breaks its word or a connection.
   */
  async run(ms: number, graceMs = GRACE_MS): Promise<Tally> {
    if (this.#ended && !this.#stopped) throw new Error("the server leaves its clients waiting");
    const startMs = performance.now();
    const endMs = this.#stopped ? startMs : startMs + ms;
    const run: Run = this.#run = {
      startMs,
      endMs,
      lastMs: startMs,
      over: false,
      tally: new Tally(),
    };
    const late = setTimeout(() => this.#giveUp(), ms + graceMs);
    try {
      await Promise.all(this.#lanes.map((lane) => this.#loop(lane, run)));
    } finally {
      clearTimeout(late);
    }
    // A run at a rate lasts as long as it should, though its last reply may come before.
    run.tally.seconds = Math.max(run.lastMs, run.endMs) / 1000 - startMs / 1000;
    return run.tally;
  }

  async #loop(lane: Lane, run: Run): Promise<void> {
    const { rate, clients, offsetMs } = this.#share;
    if (rate === undefined) return await closedLoop(lane, run, this.#share);
    const schedule = this.#schedule;
    await openLoop(lane, run, this.#share, { perSecond: rate, clients, offsetMs, schedule });
  }

  /** Ends a run early: what was measured until then counts. */
  stop(): void {
    this.#stopped = true;
    if (this.#run !== undefined) this.#run.endMs = Math.min(this.#run.endMs, performance.now());
    this.#giveUp();
  }

  #giveUp(): void {
    this.#ended = true;
    if (this.#run !== undefined) this.#run.over = true;
    this.#schedule.end();
    for (const { client } of this.#lanes) client.end();
  }

  /** Disconnects all clients. */
  close(): void {
    this.#giveUp();
    for (const client of this.#silent) client.end();
  }
}
