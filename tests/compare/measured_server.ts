/** A server to be measured, in a process of its own. None outlives the program that measures. */
import { ErrorOutput } from "../grader/server/error_output.ts";
import { alive, type ThreadSample, threadsOf } from "../grader/server/proc.ts";
import {
  killGroup,
  type Program,
  type Started,
  startProgram,
} from "../grader/server/process_group.ts";
import type { Watched } from "../grader/server/at_rest.ts";

const ROOT = new URL("../../", import.meta.url);
/** A server that does not listen by then never will. */
const MOST_START_MS = 15_000;
/** Between two tries to connect. */
const CONNECT_EVERY_MS = 20;
/** Of a server's output, until it says that it listens. */
const MOST_CHARACTERS = 16_384;

/** A program that is a server. */
export type ServerProgram = Pick<Program, "command" | "env">;

/** What has to go when the program ends, however it ends. */
const running = new Set<MeasuredServer>();

/** Ends every server that was started, at once. */
export function endServers(): void {
  for (const server of running) server.kill();
}

/** A server that listens on loopback. */
export class MeasuredServer implements Watched {
  readonly #started: Started;
  readonly #errors: ErrorOutput;
  #port = NaN;
  #listensMs = NaN;
  #ended = false;

  private constructor(program: ServerProgram) {
    this.#started = startProgram({ ...program, tied: true, cwd: ROOT, stdout: "piped" });
    this.#errors = new ErrorOutput(this.#started.child.stderr);
    running.add(this);
  }

  /**
   * Starts a program and waits until it listens.
   *
   * @param ready what it writes then; the first group, if any, is the port. Of a server that writes
   *   nothing: "connects".
   * @throws Error when it does not listen, or there is no such program.
   */
  static async start(
    program: ServerProgram,
    ready: RegExp | "connects",
    port?: number,
  ): Promise<MeasuredServer> {
    const startMs = performance.now();
    const server = new MeasuredServer(program);
    const late = setTimeout(() => server.kill(), MOST_START_MS);
    const said = ready === "connects"
      ? await server.#connects(port ?? 0)
      : await server.#outputUntil(ready);
    clearTimeout(late);
    if (said === undefined) {
      await server.stop();
      throw new Error(`does not listen; ${server.#errors.lastWords}`);
    }
    server.#listensMs = performance.now() - startMs;
    server.#port = port ?? Number(said.at(1));
    return server;
  }

  get port(): number {
    return this.#port;
  }

  get pid(): number {
    return this.#started.child.pid;
  }

  get running(): boolean {
    return !this.#ended && alive(this.pid);
  }

  /** From its start until it said that it listens, in ms. */
  get listensMs(): number {
    return this.#listensMs;
  }

  /** Every thread of the server, in all its processes. */
  threads(): ThreadSample[] {
    return threadsOf(this.pid);
  }

  /** Ends the server and what it has started, and waits until it is gone. Safe to call twice. */
  async stop(): Promise<void> {
    this.kill();
    await this.#started.child.status;
    await this.#errors.end();
  }

  /** Ends the server and what it has started. */
  kill(): void {
    if (this.#ended) return;
    this.#ended = true;
    running.delete(this);
    // Where there are no groups, model 6's children end by themselves when their parent is gone.
    killGroup(this.pid);
  }

  /** Until somebody takes a connection, or the program has ended. */
  async #connects(port: number): Promise<string[] | undefined> {
    while (this.running) {
      try {
        (await Deno.connect({ hostname: "127.0.0.1", port })).close();
        return [];
      } catch {
        await new Promise((resolve) => setTimeout(resolve, CONNECT_EVERY_MS));
      }
    }
    return undefined;
  }

  /** Reads on to the end, so that the server never waits for a reader. */
  #outputUntil(ready: RegExp): Promise<RegExpExecArray | undefined> {
    const { promise, resolve } = Promise.withResolvers<RegExpExecArray | undefined>();
    const read = async () => {
      let text = "";
      for await (const piece of this.#started.child.stdout.pipeThrough(new TextDecoderStream())) {
        if (text.length < MOST_CHARACTERS) text += piece;
        const said = ready.exec(text);
        if (said !== null) resolve(said);
      }
      resolve(undefined);
    };
    read();
    return promise;
  }
}
