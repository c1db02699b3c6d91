/**
 * A model, or an exercise, as a program that does nothing else: no trace, no words for people. What it
 * costs is what the model costs; `deno task compare` measures the same program.
 */
import { fileURLToPath } from "node:url";
import { type Lesson, startsProcesses } from "../../catalogue.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import { PROJECT } from "../../tools/task_arguments.ts";
import { endChild } from "./child.ts";
import { eachLine } from "./lines.ts";
import { ServerFailed } from "./server_failed.ts";
import { TO_START_PROCESSES } from "./to_start_processes.ts";

const GRACE_MS = 2500;
const PROGRAM = fileURLToPath(new URL("serve_model.ts", import.meta.url));

/**
 * The command that runs it; on standard output it says `listening on PORT`.
 *
 * @param file whose `serve()` is called, from the project's folder.
 */
export function plainCommand(lesson: Lesson, file: string, options: ServeOptions): string[] {
  const readable = ["models", file].map((path) => fileURLToPath(new URL(path, PROJECT)));
  return [
    ...[Deno.execPath(), "run", "--no-prompt", "--cached-only"],
    ...["--allow-net=127.0.0.1", `--allow-read=${readable.join(",")}`],
    ...startsProcesses(lesson) ? TO_START_PROCESSES : [],
    ...options.io === "kernel" ? ["--allow-ffi"] : [],
    ...[PROGRAM, new URL(file, PROJECT).href, JSON.stringify(options)],
  ];
}

/** A server that runs. */
export class PlainServer {
  readonly #child: Deno.ChildProcess;
  readonly #listening = Promise.withResolvers<number>();
  #asked = false;
  #said = "";
  /** Where it listens. */
  address = { hostname: "127.0.0.1", port: 0 };
  /** Settles when it has ended, with its last words, unless it was asked to end. */
  readonly ended: Promise<string | undefined>;

  private constructor([program, ...args]: readonly string[]) {
    this.#child = new Deno.Command(program, {
      args: [...args],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.ended = this.#end();
  }

  /** Starts it, and waits until it listens. Throws `ServerFailed` when it ends before. */
  static async start(command: readonly string[]): Promise<PlainServer> {
    const server = new PlainServer(command);
    const failed = server.ended.then((words) => {
      throw new ServerFailed(words ?? "the server ended before it listened");
    });
    server.address.port = await Promise.race([server.#listening.promise, failed]);
    failed.catch(() => {});
    return server;
  }

  /** The number of its process. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Ends it. Safe to call twice. */
  async stop(): Promise<void> {
    this.#asked = true;
    await endChild(this.#child, this.ended, GRACE_MS);
  }

  async #end(): Promise<string | undefined> {
    await Promise.all([this.#readPort(), this.#readWords()]);
    const { code, signal } = await this.#child.status;
    if (this.#asked) return undefined;
    return this.#said || `the server ended: ${signal ?? `exit code ${code}`}`;
  }

  #readPort(): Promise<void> {
    return eachLine(this.#child.stdout, (line) => {
      const [, port] = /^listening on (\d+)$/.exec(line) ?? [];
      if (port !== undefined) this.#listening.resolve(Number(port));
    });
  }

  /** What was wrong is said first; where it was in the source comes after it. */
  #readWords(): Promise<void> {
    return eachLine(this.#child.stderr, (line) => void (this.#said ||= line.trim()));
  }
}
