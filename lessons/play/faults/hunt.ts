/** A broken server under one's hands: it is started anew, a scene is played on it, clients are driven. */
import { clientSpanAt } from "../../lab/lanes/client_spans.ts";
import type { Lanes } from "../../lab/lanes/lanes.ts";
import type { Proof } from "../../lab/lanes/proof.ts";
import { stateText } from "../../lab/lanes/words.ts";
import { perform, play, poolOf } from "../../lab/run/play.ts";
import { ProofProcess } from "../../lab/run/proof_process.ts";
import { NeverCame, Run, whyNot } from "../../lab/run/run.ts";
import type { Act } from "../../lab/scenes/scene.ts";
import { commandOf, startBroken } from "./broken_server.ts";
import { type Fault, laneOf, sceneOfFault } from "./fault.ts";

/** So long a scene waits for what is to come: of a broken server it may never come. */
export const SCENE_PATIENCE_MS = 8000;
/** So long a line that was typed waits for replies, before one may go on. */
const LINE_PATIENCE_MS = 300;

/** One server at a time, and what was started for it. */
export class Hunt {
  #run?: Run;
  #proof?: ProofProcess;

  /** Nothing runs yet. */
  constructor(readonly fault: Fault) {}

  /** The lanes of the run up to now. */
  get lanes(): Lanes | undefined {
    if (this.#run?.isServing) this.#run.lanes.passTo(this.#run.clock.us());
    return this.#run?.lanes;
  }

  /** Plays the fault's scene on a new server. Returns why it does not go on; undefined: it ended. */
  async scene(): Promise<string | undefined> {
    const run = await this.#start();
    try {
      const pace = { patienceMs: SCENE_PATIENCE_MS, anyPool: true };
      await play(sceneOfFault(this.fault), run, pace);
    } catch (error) {
      if (!(error instanceof NeverCame)) throw error;
      return whyNot(error);
    } finally {
      await run.stop();
    }
  }

  /** Does what was typed, on a server that goes on. Returns a line about each client of it. */
  async act(acts: readonly Act[]): Promise<string[]> {
    const run = this.#run?.isServing ? this.#run : await this.#startWhole();
    const clients = new Set(acts.flatMap(([client]) => typeof client === "number" ? client : []));
    for (const client of clients) {
      const [, does] = acts.find(([one]) => one === client) ?? [];
      const comes = typeof does === "string" && /^(connects|resets)/.test(does);
      if (!comes && !run.clients.has(client)) await run.client(client).connect();
    }
    for (const act of acts) await perform(act, run, LINE_PATIENCE_MS);
    const looked = [...clients].map((client) =>
      perform([client, "is-answered"], run, LINE_PATIENCE_MS).catch((error) => {
        if (!(error instanceof NeverCame)) throw error;
      })
    );
    await Promise.all(looked);
    return [...clients].map((client) => this.#standOf(client));
  }

  /** Makes the grader's own experiment for a claim. Throws `ServerFailed`. */
  async prove(claim: string): Promise<Proof> {
    await this.#run?.stop();
    await using command = await commandOf(this.fault.file);
    const subject = { command: command.text };
    this.#proof = new ProofProcess({ claim, subject, emit: () => {} });
    return await this.#proof.verdict;
  }

  /** Ends everything. Safe to call twice. */
  async stop(): Promise<void> {
    await Promise.all([this.#run?.stop(), this.#proof?.stop()]);
  }

  /** Its pool is there before the first client, if it ever is. */
  async #startWhole(): Promise<Run> {
    const run = await this.#start();
    await poolOf(this.fault, run, SCENE_PATIENCE_MS, true);
    return run;
  }

  async #start(): Promise<Run> {
    await this.#run?.stop();
    const run = this.#run = new Run();
    await startBroken(run, this.fault.file, this.fault.sizes);
    return run;
  }

  #standOf(client: number): string {
    const { lanes } = this;
    const lane = lanes && laneOf(lanes, client);
    if (lanes === undefined || lane === undefined) return `client ${client}: nothing yet`;
    const reply = lane.requests.findLast((way) => way.reply !== undefined)?.reply;
    const last = reply === undefined ? "no reply yet" : `last reply ${reply}`;
    if (lane.endedUs !== undefined) return `${lane.name}: gone ${lane.ending}; ${last}`;
    const span = clientSpanAt(lane, lanes.nowUs);
    return `${lane.name}: ${span === undefined ? "gone" : stateText(span)}; ${last}`;
  }
}
