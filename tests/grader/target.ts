/**
 * What is tested: a file that exports `serve()`, or any program that speaks the protocol. Each server
 * is a process of its own with its own process group, so that nothing of it survives the experiment.
 */
import { watchLimits } from "./limits.ts";
import { acceptQueue, alive, type ThreadSample, threadsOf } from "./proc.ts";

/** The sizes that an experiment may set; a target that has no such size ignores it. */
export interface Sizes {
  readonly workers?: number;
  readonly threads?: number;
  readonly processes?: number;
  readonly maxConnections?: number;
  readonly idleTimeoutMs?: number;
  /** How model 2 hands a connection over. */
  readonly handover?: "descriptor" | "stream";
}

/** A server to be tested. */
export type Target =
  /** A module that exports `serve(options)`; `url` is a file URL. */
  | { readonly kind: "file"; readonly name: string; readonly url: string }
  /** A command line in which `{port}`, `{workers}`, … stand for what they say. */
  | { readonly kind: "command"; readonly name: string; readonly command: string };

/** The target cannot be started, or does not listen: nobody's claim is to be judged by that. */
export class TargetError extends Error {
  override name = "TargetError";
}

const ROOT = new URL("../../", import.meta.url);
/** Below the range from which the system takes ports for clients, so that none is in the way. */
const FIRST_PORT = 20_000, PORTS = 12_000;
/** Longer than any start takes on a busy machine. */
const START_MS = 20_000;
const POLL_MS = 5;
/** What is kept of the error output. */
const STDERR_BYTES = 4096;

/** A server that listens, in a process of its own. */
export class RunningServer {
  /** What it wrote to its error output so far: the first 4 KiB. */
  stderr = "";
  readonly #child: Deno.ChildProcess;
  readonly #drained: Promise<void>;
  readonly #stopWatching: () => void;
  #stopped = false;

  /** @param sizes those that the target was told. */
  private constructor(readonly port: number, readonly sizes: Sizes, child: Deno.ChildProcess) {
    this.#child = child;
    this.#drained = this.#drain(child.stderr);
    this.#stopWatching = watchLimits(child.pid, (why) => {
      this.stderr = `ended by the grader: ${why}`;
      this.#kill();
    });
  }

  /**
   * Starts the target on a free port and waits until it listens.
   *
   * @throws TargetError when it ends before, or does not listen in 20 s.
   */
  static async start(target: Target, sizes: Sizes = {}): Promise<RunningServer> {
    const port = freePort();
    const [program, ...args] = commandOf(target, port, sizes);
    const told = toldSizes(target, sizes);
    const server = new RunningServer(port, told, spawn(target, program, args));
    try {
      await server.#listening();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  async #listening(): Promise<void> {
    for (const endMs = Date.now() + START_MS; acceptQueue(this.port) === undefined;) {
      if (!this.running) {
        await this.#drained;
        throw new TargetError(this.stderr.trim() || "ended before it listened");
      }
      if (Date.now() > endMs) {
        throw new TargetError(`does not listen on port ${this.port} after ${START_MS / 1000} s`);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** False once the process has ended, by itself or by `stop()`. */
  get running(): boolean {
    return !this.#stopped && alive(this.pid);
  }

  /** Every thread of the server, in all its processes. */
  threads(): ThreadSample[] {
    return threadsOf(this.pid);
  }

  /** Ends the server and everything it has started, at once. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#stopWatching();
    this.#kill();
    await Promise.all([this.#child.status, this.#drained]);
  }

  #kill(): void {
    try {
      // Negative: the whole process group.
      Deno.kill(-this.pid, "SIGKILL");
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound || error instanceof TypeError)) throw error;
    }
  }

  async #drain(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      if (this.stderr.length < STDERR_BYTES) this.stderr += decoder.decode(chunk, { stream: true });
    }
  }
}

function spawn(target: Target, program: string, args: string[]): Deno.ChildProcess {
  const options = { cwd: ROOT, stdin: "null", stdout: "null", stderr: "piped" } as const;
  try {
    return new Deno.Command(program, { args, ...options, detached: true }).spawn();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new TargetError(`${target.name} cannot be started: ${error.message}`);
  }
}

/** The command line that starts the target with the fewest permissions a server needs. */
function commandOf(target: Target, port: number, sizes: Sizes): string[] {
  if (target.kind === "command") return words(target.command, port, sizes);
  const folder = new URL(".", target.url).pathname;
  const permissions = [
    "--no-prompt",
    "--cached-only",
    // Port 0: a socket of the server's own, on which it tries out what this platform can do.
    `--allow-net=127.0.0.1:${port},127.0.0.1:0`,
    `--allow-read=${new URL("models", ROOT).pathname},${folder}`,
  ];
  const host = new URL("host.ts", import.meta.url).pathname;
  const config = new URL("deno.json", ROOT).pathname;
  const options = JSON.stringify({ hostname: "127.0.0.1", port, ...sizes });
  return [Deno.execPath(), "run", ...permissions, "--config", config, host, target.url, options];
}

/** Where each size goes in a command line. */
const PLACES: Readonly<Record<keyof Sizes, string>> = {
  workers: "{workers}",
  threads: "{threads}",
  processes: "{processes}",
  maxConnections: "{max_connections}",
  idleTimeoutMs: "{idle_timeout_ms}",
  handover: "{handover}",
};

/** The sizes that the target is told: of a command, those for which it has a place. */
function toldSizes(target: Target, sizes: Sizes): Sizes {
  if (target.kind === "file") return sizes;
  const names = Object.keys(sizes) as (keyof Sizes)[];
  const told = names.filter((name) => target.command.includes(PLACES[name]));
  return Object.fromEntries(told.map((name) => [name, sizes[name]]));
}

/** Splits a command at blanks, and puts the values in. A path with blanks stands in quotes. */
function words(command: string, port: number, sizes: Sizes): string[] {
  const names = Object.keys(sizes) as (keyof Sizes)[];
  return Array.from(command.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain]) => {
    const word = (quoted ?? plain).replaceAll("{port}", `${port}`);
    return names.reduce((text, name) => text.replaceAll(PLACES[name], `${sizes[name]}`), word);
  });
}

function freePort(): number {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
}
