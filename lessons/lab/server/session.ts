/** What the page plays with: one server at a time, and its clients. */
import { lessonOf } from "../../catalogue.ts";
import type { Run } from "../run/run.ts";
import { resetInRequest } from "../run/resetting_client.ts";
import { flagsFor } from "../scenes/scene.ts";
import { sceneNamed } from "../scenes/scenes.ts";
import { MeasuringRun } from "./measuring_run.ts";
import type { SavedRuns } from "./saved_runs.ts";
import { checkedLine, perform, Refused, sizeFlags } from "./orders.ts";

/** More than that a page does not show. */
const MOST_CLIENTS = 200;
const TOO_MANY = `at most ${MOST_CLIENTS} clients in one run`;

/** The server and the clients of a page. */
export class Session extends MeasuringRun {
  /** `command`: a server in any language, `./server {port}`. `saved`: runs, the first one is shown. */
  constructor(command?: string, readonly saved?: SavedRuns) {
    const items = saved?.runs.map(({ name, proof }) => ({ name, status: proof?.status }));
    super({ command, saved: saved && items && { title: saved.title, items } });
    if (saved !== undefined) this.show(saved.runs[0].name);
  }

  /**
   * Ends what runs, and starts a server on which a lesson is looked at.
   *
   * @param whose the `model`, the own `exercise`, or the `command`.
   * @throws Refused, ServerFailed
   */
  start(lesson: number, sizes: Readonly<Record<string, number>>, whose: string): Promise<void> {
    const flags = [...sizeFlags(sizes), ...whose === "exercise" ? ["--exercise"] : []];
    if (whose !== "command") {
      const title = whose === "exercise" ? "your exercise" : "";
      const start = (run: Run) => run.start(lessonOf(lesson), flags);
      return this.next(() => this.startServer(lesson, title, start));
    }
    const command = this.#command();
    return this.next(() =>
      this.startServer(lesson, command, (run) => run.startCommand(command, sizes))
    );
  }

  /** Ends what runs, and shows a run that was saved. Throws `Refused`. */
  show(name: string): Promise<void> {
    const shown = this.saved?.runs.find((one) => one.name === name);
    if (shown === undefined) throw new Refused("no such run was saved");
    return this.next(async () => {
      const run = await this.begin(shown.lesson, `${this.saved?.title}: ${name}`);
      this.retell(shown.events, run);
      this.tell({ proof: shown.proof }, run);
    });
  }

  /** Ends what runs. */
  stop(): Promise<void> {
    this.breakOff();
    return this.next(() => this.end());
  }

  /** Starts a server anew, and plays a scene on it. Throws `Refused`, `ServerFailed`. */
  scene(claim: string): Promise<void> {
    const lesson = Number(claim.split(".")[0]);
    const scene = sceneNamed(claim);
    if (scene === undefined) throw new Refused("there is no such scene");
    return this.next(async () => {
      await this.startServer(lesson, "", (run) => run.start(lessonOf(lesson), flagsFor(scene)));
      this.playOn(scene, (lanes) => scene.seen(lanes) ?? "This run does not show it.");
    });
  }

  /** Makes the grader's experiment, on a server that the grader starts. Throws `Refused`. */
  prove(claim: string, whose: string): Promise<void> {
    if (!/^[1-9]\.[A-Z]\d$/.test(claim)) throw new Refused("there is no such claim");
    const command = whose === "command" ? { command: this.#command() } : undefined;
    const subject = command ?? (whose === "exercise" ? whose : "model");
    return this.next(async () => void await this.beginProof(claim, subject));
  }

  /** Clients connect, and send a line if there is one. Throws `Refused`. */
  async connect(count: number, line: string, deaf: boolean): Promise<void> {
    const run = this.running();
    if (!Number.isSafeInteger(count) || count < 1 || this.clients + count > MOST_CLIENTS) {
      throw new Refused(TOO_MANY);
    }
    const clients = Array.from({ length: count }, () => run.client(++this.clients, deaf));
    for (const client of clients) await client.connect();
    if (line !== "") await Promise.all(clients.map((client) => client.send(checkedLine(line))));
  }

  /** A client sends a part of a request, and resets its connection. Throws `Refused`. */
  async resetClient(line: string): Promise<void> {
    const { server: { address }, clock, emit } = this.running();
    if (this.clients === MOST_CLIENTS) throw new Refused(TOO_MANY);
    await resetInRequest({ number: ++this.clients, address, clock, emit }, checkedLine(line));
  }

  /** One client does something. Throws `Refused`. */
  async act(number: number, does: string, line: string): Promise<void> {
    const client = this.running().clients.get(number);
    if (client === undefined) throw new Refused(`there is no client ${number}`);
    await perform(client, does, line);
  }

  #command(): string {
    if (this.given.command === undefined) throw new Refused("no command was given");
    return this.given.command;
  }
}
