/** A run that somebody plays with: a server is started, a scene played on it, an experiment made. */
import { lessonOf } from "../../catalogue.ts";
import type { Lanes } from "../lanes/lanes.ts";
import type { Proof } from "../lanes/proof.ts";
import { type Pace, play } from "../run/play.ts";
import { type ProofOptions, ProofProcess } from "../run/proof_process.ts";
import { type Run, whyNot } from "../run/run.ts";
import type { Scene } from "../scenes/scene.ts";
import { LiveRun } from "./live_run.ts";
import { Refused } from "./orders.ts";

/** One server, or one experiment, at a time. */
export abstract class PlayedRun extends LiveRun {
  #proof?: ProofProcess;
  /** So many clients there are, or were. */
  protected clients = 0;

  /** The run whose server runs. Throws `Refused`. */
  protected running(): Run {
    if (this.run === undefined || !this.state.running) throw new Refused("no server runs");
    return this.run;
  }

  /** Ends what runs, and starts a server of a lesson. Throws RangeError, `ServerFailed`. */
  protected async startServer(
    lesson: number,
    title: string,
    start: (run: Run) => Promise<void>,
  ): Promise<void> {
    // Throws when there is no such lesson.
    const { number } = lessonOf(lesson);
    const run = await this.begin(number, title);
    this.clients = 0;
    await start(run);
    this.tell({ running: true }, run);
    run.server.ended.then((words) => this.tell({ running: false, words: words ?? "" }, run));
  }

  /** Plays a scene on the server that runs, and then says what it shows. */
  protected playOn(scene: Scene, words: (lanes: Lanes) => string, pace: Partial<Pace> = {}): void {
    const run = this.running();
    this.clients = Math.max(...scene.acts.map(([one]) => typeof one === "number" ? one : 0));
    play(scene, run, pace).then(
      () => this.tell({ words: words(run.lanes) }, run),
      (error) => this.tell({ words: whyNot(error) }, run),
    );
  }

  /** Ends what runs, and begins an experiment. */
  protected async beginProof(
    claim: string,
    subject: ProofOptions["subject"],
  ): Promise<{ run: Run; verdict: Promise<Proof> }> {
    const run = await this.begin(Number(claim[0]));
    this.#proof = new ProofProcess({ claim, subject, emit: (event) => run.emit(event) });
    this.tell({ proof: { claim, status: "running", measured: "", hint: "" } }, run);
    const { verdict } = this.#proof;
    verdict.then((proof) => this.tell({ proof }, run));
    return { run, verdict };
  }

  /** Ends the server, its clients and the experiment. */
  protected override async end(): Promise<void> {
    await Promise.all([this.run?.stop(), this.#proof?.stop()]);
    this.#proof = undefined;
  }
}
