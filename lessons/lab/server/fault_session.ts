/** What the page plays with, and the game 'Find the fault' on it: the same functions as in the terminal. */
import { lessonOf } from "../../catalogue.ts";
import {
  brokenSource,
  commandOf,
  linesOfPlace,
  pathOfBroken,
  startBroken,
} from "../../play/faults/broken_server.ts";
import { type Fault, sceneOfFault } from "../../play/faults/fault.ts";
import { anySeed, drawFault, judge, lessonOfFault, nameOf } from "../../play/faults/guess.ts";
import { SCENE_PATIENCE_MS } from "../../play/faults/hunt.ts";
import { PROGRESS_FILE, recordAnswer } from "../../play/progress_file.ts";
import { flagsFor } from "../scenes/scene.ts";
import { sourceLines } from "./lesson_page.ts";
import { Refused } from "./orders.ts";
import type { SavedRuns } from "./saved_runs.ts";
import { Session } from "./session.ts";
import type { FaultState } from "./session_state.ts";

/** What the server is called before anybody knows. */
const TITLE = "a server with a fault";

/** A page's session in which a fault can be looked for. */
export class FaultSession extends Session {
  #fault?: Fault;
  #stands: FaultState = { seed: 0, flags: "" };

  /** @param progress where the first guess is remembered. */
  constructor(command?: string, saved?: SavedRuns, readonly progress = PROGRESS_FILE) {
    super(command, saved);
  }

  /**
   * Draws a broken server of a lesson, and starts it.
   *
   * @throws RangeError when there is no such lesson; ServerFailed
   */
  drawFault(lesson: number, seed = anySeed()): Promise<void> {
    const { number } = lessonOf(lesson);
    const fault = drawFault(seed, number);
    return this.next(async () => {
      this.#fault = fault;
      this.#stands = { seed, flags: flagsFor(sceneOfFault(fault)).join(" ") };
      await this.#startFault(fault);
    });
  }

  /** Starts it anew, and plays the scene in which its fault shows. Throws `Refused`, `ServerFailed`. */
  faultScene(): Promise<void> {
    const fault = this.#hunted();
    return this.next(async () => {
      await this.#startFault(fault);
      const pace = { patienceMs: SCENE_PATIENCE_MS, anyPool: true };
      this.playOn(
        sceneOfFault(fault),
        () => "the scene is over; 'Whole run' shows all of it",
        pace,
      );
    });
  }

  /** Says whether it breaks a claim; if so, the grader tries it, and the source is shown. */
  async guessFault(claim: string): Promise<void> {
    const fault = this.#hunted();
    const guess = { claim, ...judge(fault, claim) };
    if (this.#stands.guess === undefined) {
      const [lesson, id] = [lessonOfFault(fault), nameOf(fault)];
      await recordAnswer({ game: "fault", lesson, id, right: guess.right }, this.progress);
    }
    const source = guess.right ? litSource(fault) : undefined;
    this.#stands = { ...this.#stands, guess, source };
    if (guess.right) return await this.next(() => this.#confirm(fault, claim));
    if (this.run !== undefined) this.tell({ fault: this.#stands }, this.run);
  }

  /** The fault that is looked for, as long as its server is what the page shows. */
  #hunted(): Fault {
    if (this.#fault === undefined || this.state.fault === undefined) {
      throw new Refused("no server with a fault was drawn");
    }
    return this.#fault;
  }

  async #startFault(fault: Fault): Promise<void> {
    const lesson = lessonOfFault(fault);
    await this.startServer(lesson, TITLE, (run) => startBroken(run, fault.file, fault.sizes));
    this.tell({ fault: this.#stands }, this.running());
  }

  /** The grader's experiment; what was made for the server's command goes with the verdict. */
  async #confirm(fault: Fault, claim: string): Promise<void> {
    const command = await commandOf(fault.file);
    const { run, verdict } = await this.beginProof(claim, { command: command.text });
    verdict.finally(() => command[Symbol.asyncDispose]());
    this.tell({ fault: this.#stands }, run);
  }
}

/** The file, as the page shows it. */
function litSource({ file, place }: Fault): FaultState["source"] {
  const { text } = brokenSource(file);
  const [first, end] = linesOfPlace(text, place);
  const language = file.slice(file.lastIndexOf(".") + 1);
  const lines = sourceLines(text, language)
    .map(({ html }, at) => ({ html, lit: at >= first && at < end }));
  return { path: pathOfBroken(file), lines };
}
