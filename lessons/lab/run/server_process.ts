/**
 * A lesson's server as a program of its own, with a trace for programs.
 *
 * It ends with `stop()`: first it is asked to, and if that does not help it is killed.
 */
import type { Lesson } from "../../catalogue.ts";
import { startsProcesses } from "../../catalogue.ts";
import { PROJECT, taskArguments, type TaskName } from "../../tools/task_arguments.ts";
import type { ServerEvent } from "../lanes/events.ts";
import { readTraceLine } from "../lanes/trace_line.ts";
import { endChild } from "./child.ts";
import type { RunClock } from "./clock.ts";
import { eachLine } from "./lines.ts";
import { ServerFailed } from "./server_failed.ts";

/** A server that was asked to end gets so long. */
const GRACE_MS = 2500;
/** So many of the lines that it said last are kept. */
const LAST_LINES = 5;

/** What to run, and who hears of it. */
export interface ServerOptions {
  /** What Deno is called with: a program that serves, and traces in JSON on its standard output. */
  readonly args: readonly string[];
  /** Gets the server's time. */
  readonly clock: RunClock;
  /** Gets the lines of the trace. */
  readonly emit: (event: ServerEvent) => void;
  /** Gets the lines that it says besides. */
  readonly say?: (line: string) => void;
}

/** A server that runs. */
export class ServerProcess {
  readonly #child: Deno.ChildProcess;
  readonly #options: ServerOptions;
  readonly #listening = Promise.withResolvers<{ hostname: string; port: number }>();
  readonly #said: string[] = [];
  #asked = false;
  /** Settles when it has ended, with its last words, unless it was asked to end. */
  readonly ended: Promise<string | undefined>;

  private constructor(options: ServerOptions) {
    this.#options = options;
    this.#child = new Deno.Command(Deno.execPath(), {
      args: [...options.args],
      cwd: PROJECT,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.ended = this.#end();
  }

  /**
   * Starts it and waits until it listens.
   *
   * @throws ServerFailed when it ends before.
   */
  static async start(options: ServerOptions): Promise<ServerProcess> {
    const server = new ServerProcess(options);
    const failed = server.ended.then((words) => {
      throw new ServerFailed(words ?? "the server ended before it listened");
    });
    server.address = await Promise.race([server.#listening.promise, failed]);
    failed.catch(() => {});
    return server;
  }

  /** Where it listens. */
  address = { hostname: "127.0.0.1", port: 0 };

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
    await Promise.all([this.#readTrace(), this.#readWords()]);
    const { code, signal } = await this.#child.status;
    if (this.#asked) return undefined;
    const ended = `the server ended: ${signal ?? `exit code ${code}`}`;
    // Once it listens, it says what to type next, too.
    const words = this.address.port === 0 ? this.#said : this.#said.filter(isError);
    return words.at(-1) ?? ended;
  }

  #readTrace(): Promise<void> {
    return eachLine(this.#child.stdout, (line) => {
      const event = readTraceLine(line);
      if (event === undefined) return;
      if (event.startedAtMs !== undefined) this.#options.clock.startAt(event.startedAtMs);
      this.#options.emit(event);
      if (event.event === "listen") this.#listening.resolve(addressOf(event.detail));
    });
  }

  #readWords(): Promise<void> {
    return eachLine(this.#child.stderr, (line) => {
      this.#options.say?.(line);
      if (line.trim() === "") return;
      this.#said.push(line);
      if (this.#said.length > LAST_LINES) this.#said.shift();
    });
  }
}

/**
 * What runs a lesson's server as its task does, with a trace for programs.
 *
 * @param flags such as `--workers`, `2`; the trace is in JSON in any case.
 */
export function lessonArguments(lesson: Lesson, flags: readonly string[]): string[] {
  const floor = flags[flags.indexOf("--io") + 1] === "kernel" ? ":kernel" : "";
  const task = `lesson${lesson.number}${floor}` as TaskName;
  const args = taskArguments(task, [...flags, "--trace", "json"]);
  // What the task may do besides is for what it does itself, such as starting this.
  return startsProcesses(lesson) ? args : args.filter((arg) => !arg.startsWith("--allow-run"));
}

function isError(line: string): boolean {
  return /^(error|Uncaught|\w*Error):? /.test(line);
}

function addressOf(text: string): { hostname: string; port: number } {
  const colon = text.lastIndexOf(":");
  return { hostname: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}
