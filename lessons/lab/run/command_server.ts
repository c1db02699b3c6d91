/**
 * A server in any language, started by a command such as `python3 server.py {port}`. It has no trace of
 * ours; a sampler tells what can be seen of it from outside.
 */
import { DEFAULTS } from "../../../models/parts/sizes.ts";
import { commandWords } from "../../tools/command_words.ts";
import { PROJECT } from "../../tools/task_arguments.ts";
import type { KernelSample } from "../lanes/events.ts";
import { Sampler } from "../sample/sampler.ts";
import { socketsAt } from "../sample/sockets.ts";
import { endChild } from "./child.ts";
import type { RunClock } from "./clock.ts";
import { eachLine } from "./lines.ts";
import { ServerFailed } from "./server_failed.ts";

/** A compiler may run before it listens. */
const MOST_START_MS = 30_000;
const POLL_MS = 20;
const GRACE_MS = 2500;

/** What to run, and who hears of it. */
export interface CommandOptions {
  /** In which `{port}` stands for the port, and `{workers}`, `{threads}`, `{processes}` for sizes. */
  readonly command: string;
  /** By their names, such as `workers`; where one is missing, its usual one is taken. */
  readonly sizes?: Readonly<Record<string, number>>;
  readonly clock: RunClock;
  readonly emit: (sample: KernelSample) => void;
}

/** A server that was started by a command. */
export class CommandServer {
  readonly #child: Deno.ChildProcess;
  #sampler?: Sampler;
  #asked = false;
  #said = "";
  /** Settles when it has ended, with its last words, unless it was asked to end. */
  readonly ended: Promise<string | undefined>;

  private constructor(
    { command, sizes: chosen }: CommandOptions,
    readonly address: { hostname: string; port: number },
  ) {
    const sizes = { ...DEFAULTS, threads: 4, processes: 4, ...chosen };
    const places = Object.entries(sizes).map(([name, size]): [string, string] => [
      `{${name}}`,
      `${size}`,
    ]);
    const values = new Map([["{port}", `${address.port}`], ...places]);
    const [program, ...args] = commandWords(command, values);
    try {
      const options = {
        args,
        cwd: PROJECT,
        stdin: "null",
        stdout: "null",
        stderr: "piped",
      } as const;
      this.#child = new Deno.Command(program, options).spawn();
    } catch (error) {
      throw new ServerFailed(error instanceof Error ? error.message : String(error));
    }
    this.ended = this.#end();
  }

  /**
   * Starts it and waits until it listens.
   *
   * @throws ServerFailed when it ends before, or never listens.
   */
  static async start(options: CommandOptions): Promise<CommandServer> {
    const { clock, emit } = options;
    const port = freePort();
    const server = new CommandServer(options, { hostname: "127.0.0.1", port });
    let ended = false;
    server.ended.then(() => ended = true);
    const deadlineMs = performance.now() + MOST_START_MS;
    while (!socketsAt(port).some(({ listening }) => listening)) {
      if (ended || performance.now() > deadlineMs) {
        await server.stop();
        const words = ended ? await server.ended : undefined;
        throw new ServerFailed(words ?? `the server does not listen on port ${port}`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    server.#sampler = new Sampler({ pid: server.pid, port, us: () => clock.us(), emit });
    return server;
  }

  /** The number of its process. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Ends it. Safe to call twice. */
  async stop(): Promise<void> {
    this.#sampler?.stop();
    this.#asked = true;
    await endChild(this.#child, this.ended, GRACE_MS);
  }

  async #end(): Promise<string | undefined> {
    await eachLine(this.#child.stderr, (line) => this.#said = line.trim() || this.#said);
    const { code, signal } = await this.#child.status;
    this.#sampler?.stop();
    if (this.#asked) return undefined;
    return this.#said || `the server ended: ${signal ?? `exit code ${code}`}`;
  }
}

/** A port on which nobody listens just now. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return (listener.addr as Deno.NetAddr).port;
}
