/**
 * What is tested: a file that exports `serve()`, or any program that speaks the protocol. Each server
 * is a program of its own, and nothing of it survives the experiment.
 */
import { programOf, toldSizes } from "./command_line.ts";
import { ErrorOutput } from "./error_output.ts";
import { watchLimits } from "./limits.ts";
import { freePort, untilListening } from "./listening.ts";
import { acceptQueue, alive, procExists, type ThreadSample, threadsOf } from "./proc.ts";
import { killGroup, killMarked, type Started, startProgram } from "./processes.ts";
import { TargetError } from "./target_error.ts";

export { TargetError };

/** The sizes that an experiment may set; a target that has no such size ignores it. */
export interface Sizes {
  readonly workers?: number;
  readonly threads?: number;
  readonly processes?: number;
  readonly maxEventThreads?: number;
  readonly maxConnections?: number;
  readonly idleTimeoutMs?: number;
  /** How model 2 hands a connection over. */
  readonly handover?: "descriptor" | "stream";
}

/** A server to be tested. */
export type Target =
  /**
   * A module that exports `serve(options)`, run by Deno with the permissions that a server needs: its
   * own port, and to read `models/parts` and itself. A stranger's file comes from `checkSubmission`.
   */
  | {
    readonly kind: "file";
    readonly name: string;
    /** A file URL. */
    readonly url: string;
    /** File URLs of what else it may read. Default: its whole folder, as one trusts it. */
    readonly reads?: readonly string[];
    /** Whether it may start processes, a way out of Deno's sandbox; "boxed": in bubblewrap. */
    readonly processes?: "trusted" | "boxed";
  }
  /**
   * A command line in which `{port}`, `{workers}`, … stand for what they say. Without a sandbox the
   * program may do whatever the grader's user may: this is for programs that one trusts.
   */
  | {
    readonly kind: "command";
    readonly name: string;
    readonly command: string;
    readonly sandbox?: "bubblewrap";
  };

/** Ports that are tried when other programs take them first. */
const MOST_PORTS = 5;

/** A server that listens, in a process of its own. */
export class RunningServer {
  readonly #started: Started;
  /** Whether it may have started processes that left its group. */
  readonly #startsProcesses: boolean;
  readonly #errors: ErrorOutput;
  readonly #stopWatching: () => void;
  #endedBecause: string | undefined;
  #stopped: Promise<void> | undefined;

  /** @param sizes those that the target was told. */
  private constructor(readonly port: number, readonly sizes: Sizes, target: Target) {
    this.#startsProcesses = target.kind === "command" || target.processes !== undefined;
    this.#started = startProgram(programOf(target, port, sizes));
    this.#errors = new ErrorOutput(this.#started.child.stderr);
    this.#stopWatching = watchLimits(this.pid, (why) => {
      this.#endedBecause = `ended by the grader: ${why}`;
      this.#kill();
    });
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

  /** What finds the server's processes again: see `processesWith`. */
  get mark(): string {
    return this.#started.mark;
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

  /** Why it was ended, or else a quotation of what it said last. One line. */
  get lastWords(): string {
    return this.#endedBecause ?? this.#errors.lastWords;
  }

  /** Every thread of the server, in all its processes. */
  threads(): ThreadSample[] {
    return threadsOf(this.pid);
  }

  /** Ends the server and everything it has started, at once. Safe to call twice. */
  stop(): Promise<void> {
    return this.#stopped ??= this.#end();
  }

  async #end(): Promise<void> {
    this.#stopWatching();
    this.#kill();
    await this.#started.child.status;
    // What was being forked when the group was killed.
    this.#kill();
    await this.#errors.end();
  }

  #kill(): void {
    killGroup(this.pid);
    if (this.#startsProcesses && procExists) killMarked(this.mark);
  }
}
