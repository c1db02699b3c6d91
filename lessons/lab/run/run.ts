/**
 * A run: one server, its clients, and the lanes of what happens to them. All events of a run are in
 * `events`, so that it can be saved; who draws it live listens with `onEvent`.
 */
import type { LabEvent } from "../lanes/events.ts";
import { Lanes } from "../lanes/lanes.ts";
import { RunClock } from "./clock.ts";
import { LabClient } from "./lab_client.ts";
import { CommandServer } from "./command_server.ts";
import { PlainServer } from "./plain_server.ts";
import { lessonArguments, ServerProcess } from "./server_process.ts";
import type { Lesson } from "../../catalogue.ts";

/** What was waited for did not come. */
export class NeverCame extends Error {
  override name = "NeverCame";
}

/** Why a scene is not played to its end, in a line. */
export function whyNot(error: unknown): string {
  if (error instanceof NeverCame) return `It does not go on. ${error.message}.`;
  return error instanceof Error ? error.message : String(error);
}

/** A server with clients. */
export class Run {
  readonly clock = new RunClock();
  readonly lanes = new Lanes();
  readonly events: LabEvent[] = [];
  readonly clients = new Map<number, LabClient>();
  readonly #waiting = new Set<{ readonly look: () => void; readonly giveUp: () => void }>();
  #stopped = false;
  #server?: ServerProcess | CommandServer | PlainServer;

  /** @param onEvent is told everything, after the lanes. */
  constructor(readonly onEvent: (event: LabEvent) => void = () => {}) {}

  /** Starts the lesson's server on a free port. Throws `ServerFailed`. */
  start(lesson: Lesson, flags: readonly string[] = []): Promise<void> {
    return this.startProgram(lessonArguments(lesson, ["--port", "0", ...flags]));
  }

  /** Starts a program of Deno that serves, and traces in JSON. Throws `ServerFailed`. */
  async startProgram(args: readonly string[]): Promise<void> {
    const { clock, emit } = this;
    await this.#has(await ServerProcess.start({ args, clock, emit }));
  }

  /** Starts a server in any language: `python3 server.py {port}`. Throws `ServerFailed`. */
  async startCommand(
    command: string,
    sizes: Readonly<Record<string, number>> = {},
  ): Promise<void> {
    const { clock, emit } = this;
    await this.#has(await CommandServer.start({ command, sizes, clock, emit }));
  }

  /** Starts a program that is a server and nothing else, see `plainCommand`. Throws `ServerFailed`. */
  async startPlain(command: readonly string[]): Promise<void> {
    await this.#has(await PlainServer.start(command));
  }

  /** A server that comes when the run has ended already has to go. */
  async #has(server: ServerProcess | CommandServer | PlainServer): Promise<void> {
    this.#server = server;
    if (this.#stopped) await server.stop();
  }

  /** The server. Throws when there is none yet. */
  get server(): ServerProcess | CommandServer | PlainServer {
    if (this.#server === undefined) throw new Error("the run has no server yet");
    return this.#server;
  }

  /** True from when it listens until it was stopped. */
  get isServing(): boolean {
    return this.#server !== undefined && !this.#stopped;
  }

  /** Takes an event of whatever source; may be passed on by itself. */
  readonly emit = (event: LabEvent): void => {
    this.events.push(event);
    this.lanes.add(event);
    this.onEvent(event);
    for (const { look } of this.#waiting) look();
  };

  /** A client that has not connected yet. */
  client(number: number, deaf = false): LabClient {
    const { server: { address }, emit } = this;
    const client = new LabClient({ number, address, clock: this.clock, emit, deaf });
    this.clients.set(number, client);
    return client;
  }

  /** Kills the process of the server that has a client; without one it does nothing. */
  killProcessOf(client: number): void {
    const by = this.lanes.clients.find(({ number }) => number === client)?.acceptedBy;
    const pid = this.lanes.threads.get(by ?? "")?.pid;
    if (pid !== undefined) Deno.kill(pid, "SIGKILL");
  }

  /**
   * Waits until something holds, which is asked again after every event.
   *
   * @param what it is called, for the error.
   * @throws NeverCame after `patienceMs`, or when the run is ended before.
   */
  until(what: string, holds: (lanes: Lanes) => boolean, patienceMs: number): Promise<void> {
    if (holds(this.lanes)) return Promise.resolve();
    if (this.#stopped) return Promise.reject(new NeverCame(`The run was ended before: ${what}`));
    return new Promise((resolve, reject) => {
      const settle = (how: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
        how();
      };
      const never = (why: string) => settle(() => reject(new NeverCame(`${why}: ${what}`)));
      const waiting = {
        look: () => holds(this.lanes) && settle(resolve),
        giveUp: () => never("The run was ended before"),
      };
      const timer = setTimeout(() => never(`Not within ${patienceMs / 1000} s`), patienceMs);
      this.#waiting.add(waiting);
    });
  }

  /** Ends all clients and the server. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { giveUp } of this.#waiting) giveUp();
    await Promise.all([...this.clients.values()].map((client) => client.close()));
    await this.#server?.stop();
  }
}
