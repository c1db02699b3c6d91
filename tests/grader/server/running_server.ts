/** A server under test: a program of its own, of which nothing survives the experiment. */
import { programOf, toldSizes } from "./command_line.ts";
import { ErrorOutput } from "./error_output.ts";
import { MAX_WRITTEN_BYTES, watchLimits } from "./limits.ts";
import { freePort, untilListening } from "./listening.ts";
import { acceptQueue } from "./sockets.ts";
import { alive, procExists, type ThreadSample, threadsOfAll } from "./proc.ts";
import { killGroup, type Started, startProgram } from "./process_group.ts";
import { pathsShown } from "./shown_paths.ts";
import { killedBy } from "./signals.ts";
import { type Sizes, type Target, TargetError } from "./target.ts";

/** Ports that are tried when other programs take them first. */
const MOST_PORTS = 5;

/** A server that listens, in a process of its own. */
export class RunningServer {
  readonly #started: Started;
  readonly #errors: ErrorOutput;
  readonly #output: ErrorOutput;
  readonly #stopWatching: () => void;
  #endedBecause: string | undefined;
  /** Which signal ended it, when that was not the grader's. */
  #signal = "";
  #stopped: Promise<void> | undefined;

  /** @param sizes those that the target was told. */
  private constructor(readonly port: number, readonly sizes: Sizes, readonly target: Target) {
    this.#started = startProgram({ ...programOf(target, port, sizes), stdout: "piped" });
    const shown = pathsShown(target);
    this.#errors = new ErrorOutput(this.#started.child.stderr, shown);
    this.#output = new ErrorOutput(this.#started.child.stdout, shown);
    const exceeded = (why: string) => {
      this.#endedBecause = `ended by the grader: ${why}`;
      this.#kill();
    };
    const mostWritten = target.kind === "file" ? MAX_WRITTEN_BYTES : Infinity;
    this.#stopWatching = watchLimits(this.#started.offspring, exceeded, mostWritten);
  }

  /**
   * Starts the target on a free port and waits until it listens.
   *
   * @throws TargetError when it ends before, or certainly is not going to listen.
   */
  static async start(target: Target, sizes: Sizes = {}): Promise<RunningServer> {
    for (let tries = 1;; tries++) {
      const server = new RunningServer(freePort(), toldSizes(target, sizes), target);
      const { pid, port } = server;
      try {
        if (await untilListening(pid, port, target.kind, () => !server.running)) return server;
      } catch (error) {
        await server.stop();
        throw error;
      }
      await server.stop();
      // Whoever listens there now was quicker: not this server's fault.
      if (acceptQueue(port) !== undefined && tries < MOST_PORTS) continue;
      throw new TargetError(
        server.#endedBecause ?? `ended before it listened; ${server.lastWords}`,
      );
    }
  }

  get pid(): number {
    return this.#started.child.pid;
  }

  /** The server's processes that live, the first one first; orphans too. */
  processes(): number[] {
    return this.#started.offspring.pids();
  }

  /** False once the process has ended, by itself or by `stop()`. */
  get running(): boolean {
    return this.#stopped === undefined && alive(this.pid);
  }

  /** The end of what it wrote to its error output so far, as it stands. */
  get stderr(): string {
    return this.#errors.text;
  }

  /** Whether the grader has ended it, because it took more than its share. */
  get overLimits(): boolean {
    return this.#endedBecause !== undefined;
  }

  /** Why it was ended, or else a quotation of what says why. One line. */
  get lastWords(): string {
    return this.#endedBecause ?? this.#signal + this.#errors.lastWords;
  }

  /** What it wrote, errors first, as lines that are worth showing. */
  get said(): string[] {
    return [...this.#errors.lines, ...this.#output.lines];
  }

  /** Every thread of the server, in all its processes. */
  threads(): ThreadSample[] {
    return threadsOfAll(this.processes());
  }

  /** Ends the server and everything it has started, at once. Safe to call twice. */
  stop(): Promise<void> {
    return this.#stopped ??= this.#end();
  }

  async #end(): Promise<void> {
    this.#stopWatching();
    const endedBefore = !alive(this.pid);
    this.#kill();
    const { signal } = await this.#started.child.status;
    if (endedBefore) this.#signal = killedBy(signal);
    // What was being forked when the group was killed.
    this.#kill();
    await Promise.all([this.#errors.end(), this.#output.end()]);
  }

  #kill(): void {
    killGroup(this.pid);
    if (procExists) this.#started.offspring.kill();
  }
}
