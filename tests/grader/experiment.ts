/**
 * One experiment on one server: clients, what they do and get, and what follows from it.
 *
 * No verdict rests on how long something takes. Whether a reply is held up is read off the server
 * itself: when none of its threads runs or wants to run, and the reply has not come, then it does not
 * come until something else happens. When a thread still wants to run, the experiment goes on waiting.
 */
import { Client, ConnectionLost, ownerOf, shown } from "./client.ts";
import { ClaimFailed, connectionLost, Inconclusive, serverEnded } from "./claim_failed.ts";
import { RunningServer, type Sizes, type Target } from "./target.ts";
import { type Outcome, untilQuiet } from "./quiet.ts";
import type { Random } from "./random.ts";
import { whereStuck } from "./where_bytes.ts";

export { ClaimFailed, Inconclusive };

/** One thing that happened in an experiment. */
export interface Step {
  /** Milliseconds since the experiment began. */
  readonly atMs: number;
  readonly who: string;
  readonly what: string;
}

/** Between two looks whether something has come. */
const LOOK_EVERY_MS = 12;
/** After that the experiment gives up, and says so. */
const GIVE_UP_MS = 12_000;

/** What became of a reply that was waited for. */
export type Fate<T> =
  | { readonly kind: "came"; readonly value: T }
  /** `spins`: the server is not quiet, but has used far more CPU time than any answer takes. */
  | { readonly kind: "held"; readonly spins: boolean };
type Held = Extract<Fate<unknown>, { kind: "held" }>;

/** An experiment under way. */
export class Experiment {
  readonly steps: Step[] = [];
  readonly #startMs = performance.now();
  readonly #servers: RunningServer[] = [];
  readonly #clients: Client[] = [];

  /** @param random what the experiment draws from; the same seed, the same experiment. */
  constructor(readonly target: Target, readonly random: Random = Math.random) {}

  /** Takes down one step. */
  record = (who: string, what: string): void => {
    this.steps.push({ atMs: performance.now() - this.#startMs, who, what });
  };

  /**
   * Starts a server; it ends with the experiment.
   *
   * @param target default: the one that the experiment is about.
   */
  async server(sizes: Sizes = {}, target = this.target): Promise<RunningServer> {
    const server = await RunningServer.start(target, sizes);
    this.#servers.push(server);
    const flags = Object.entries(sizes).map(([name, value]) => `, ${name} ${value}`).join("");
    const who = target === this.target ? "server" : target.name;
    this.record(who, `listens${flags}`);
    return server;
  }

  /**
   * Connects a client, which is closed when the experiment ends.
   *
   * @param reads false: the client does not read what comes.
   */
  async connect(server: RunningServer, name: string, reads = true): Promise<Client> {
    try {
      const client = await Client.connect(name, server.port, this.record, reads);
      this.#clients.push(client);
      return client;
    } catch (error) {
      const what = `${name} cannot connect`;
      if (!server.running) throw await serverEnded(server, what);
      const hint = "The listening socket does not take connections.";
      throw new ClaimFailed(`${what}: ${(error as Error).message}`, hint);
    }
  }

  /** Connects several clients, one after the other: `client 1`, `client 2`, … */
  async connectMany(server: RunningServer, count: number, name = "client"): Promise<Client[]> {
    const clients: Client[] = [];
    for (let i = 1; i <= count; i++) clients.push(await this.connect(server, `${name} ${i}`));
    return clients;
  }

  /**
   * Waits until the promise settles, or the server is quiet and it has not.
   *
   * @throws ClaimFailed when the server is gone; Inconclusive when it neither answers nor gets quiet.
   */
  async fate<T>(server: RunningServer, promise: Promise<T>): Promise<Fate<T>> {
    let settled: Fate<T> | undefined;
    let lost: unknown;
    promise.then((value) => settled = { kind: "came", value }, (error) => lost = error);
    const outcome = await this.#watch(server, () => settled !== undefined || lost !== undefined);
    if (lost !== undefined) throw lost;
    return settled ?? { kind: "held", spins: outcome === "busy" };
  }

  /** Waits until the condition holds, or the server is quiet. Returns whether it holds. */
  async until(server: RunningServer, condition: () => boolean): Promise<boolean> {
    await this.#watch(server, condition);
    return condition();
  }

  /** Waits until no thread of the server runs: then it has done what it can do. */
  async quiet(server: RunningServer): Promise<void> {
    await this.#watch(server, () => false);
  }

  async #watch(server: RunningServer, done: () => boolean): Promise<Outcome> {
    const isRead = (port: number) => this.#clients.some((one) => one.port === port && one.reads);
    const outcome = await untilQuiet(server, done, isRead);
    if (outcome === "ended") throw await serverEnded(server);
    if (outcome === "unclear") {
      throw new Inconclusive("the server was neither done nor quiet when the time was over");
    }
    return outcome;
  }

  /**
   * Waits for something that has to happen, such as a reply, and returns what came of it.
   *
   * @param what who waits for what, for the verdict.
   */
  async answered<T>(
    server: RunningServer,
    promise: Promise<T>,
    what: string,
    hint: string,
  ): Promise<T> {
    const fate = await this.fateFor(server, promise, what, hint);
    if (fate.kind === "came") return fate.value;
    const stuck = whereStuck(server.port, ownerOf(promise), fate.spins);
    // It has come, and this process has not come round to reading it.
    if (stuck.arrives) return await this.answered(server, promise, what, hint);
    this.recordHeld(fate, "nothing has come");
    throw new ClaimFailed(
      `${what}: nothing comes, and ${stuck.seen}`,
      [stuck.hint, hint].filter((text) => text !== "").join(" "),
    );
  }

  /** Waits until it is certain that the reply does not come for now; it fails when it comes. */
  async held(
    server: RunningServer,
    reply: Promise<string>,
    what: string,
    hint: string,
  ): Promise<void> {
    const fate = await this.fateFor(server, reply, what, hint);
    if (fate.kind === "came") throw new ClaimFailed(`${what}: it got ${shown(fate.value)}`, hint);
    this.recordHeld(fate);
  }

  /** Takes down that something is held up, and what the server does meanwhile. */
  recordHeld({ spins }: Held, seen = "the reply has not come"): void {
    const state = spins ? "uses the CPU all the time" : "is quiet: no thread runs";
    this.record("server", `${state}, and ${seen}`);
  }

  /** The same as `fate`; but a connection that is lost fails the claim, with the reason. */
  async fateFor<T>(
    server: RunningServer,
    promise: Promise<T>,
    what: string,
    hint: string,
  ): Promise<Fate<T>> {
    try {
      return await this.fate(server, promise);
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      throw await connectionLost(server, what, error, hint);
    }
  }

  /**
   * Waits for a reply that may take its time, such as that to `SLEEP`.
   *
   * @throws ClaimFailed when the server is gone; Inconclusive when the reply takes too long.
   */
  async comes(server: RunningServer, reply: Promise<string>, what: string): Promise<string> {
    let came: string | undefined;
    let lost: unknown;
    reply.then((text) => came = text, (error) => lost = error);
    for (const endMs = performance.now() + GIVE_UP_MS; came === undefined;) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      if (lost instanceof ConnectionLost) throw await connectionLost(server, what, lost, "");
      if (lost !== undefined) throw lost;
      if (!server.running) throw await serverEnded(server, what);
      if (performance.now() > endMs) throw new Inconclusive(`${what}: no reply in the time given`);
    }
    return came;
  }

  /** Fails the claim unless the condition holds. */
  expect(condition: boolean, seen: string, hint: string): void {
    if (!condition) throw new ClaimFailed(seen, hint);
  }

  /** Closes the clients and ends the servers. */
  async end(): Promise<void> {
    for (const client of this.#clients) client.close();
    await Promise.all(this.#servers.map((server) => server.stop()));
    await Promise.all(this.#clients.map((client) => client.ended()));
  }
}
