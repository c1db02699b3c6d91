/**
 * A process pool (进程池): a fixed number of child processes, started beforehand, that accept from one
 * listening socket. The main process starts them, replaces those that die, and tells them to finish.
 * It touches no connection, and has no memory in common with them.
 *
 * Invariant: a child outlives neither `finish()` for long nor the main process, because either closes
 * the pipe that the child watches. See `process_watch_thread.ts`.
 */
import type { ChildProcess } from "node:child_process";
import { SHUTDOWN_GRACE_MS } from "./options.ts";
import type { ProcessTotals } from "./process_program.ts";
import { startProcess } from "./processes/process_start.ts";
import { earlyDeaths, SOON_MS, waitForNextMs } from "./threads/replacement.ts";
import type { ServerContext } from "./server_context.ts";
import type { SharedListener } from "./shared_listener.ts";

/** So long beyond its connections' grace a child may take to end. */
const MARGIN_MS = 500;

/** How many children, and of what kind. */
export interface PoolOptions {
  /** The file that the children run; it calls `processMain`. */
  readonly module: string;
  /** How many; a whole number from 1. */
  readonly processes: number;
  /** Connections that each of them serves at once. */
  readonly maxConnections: number;
}

/** The children, as the main process sees them. */
export class ProcessPool {
  readonly #options: PoolOptions;
  readonly #listener: SharedListener;
  readonly #context: ServerContext;
  readonly #children = new Set<ChildProcess>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #allExited = Promise.withResolvers<void>();
  #finishing = false;

  /** Starts the children. */
  constructor(options: PoolOptions, listener: SharedListener) {
    this.#options = options;
    this.#listener = listener;
    this.#context = listener.context;
    for (let n = 1; n <= options.processes; n++) this.#start(`process-${n}`, 0);
  }

  /** @param early so many in its place, one after the other, died early. */
  #start(name: string, early: number): void {
    const startedMs = performance.now();
    const { module, maxConnections } = this.#options;
    const { memory: _, traceMemory: __, kernel: ___, ...shared } = this.#context.shared;
    const child = startProcess(module, { name, shared, maxConnections }, this.#listener);
    this.#children.add(child);
    child.on("message", (totals) => this.#context.state.addTotals(totals as ProcessTotals));
    const ended = (end: string) => {
      this.#children.delete(child);
      this.#replace(name, end, earlyDeaths(early, performance.now() - startedMs));
    };
    // What it said last may come after its exit, and before the end of its channel.
    const saidAll = new Promise((resolve) => child.once("disconnect", resolve));
    child.on("exit", async (code, signal) => {
      await saidAll;
      ended(signal ?? `exit code ${code}`);
    });
    child.on("error", ({ message }) => ended(message));
  }

  async #replace(name: string, end: string, early: number): Promise<void> {
    if (this.#finishing) return this.#settle();
    // A signal to all processes at once may have ended the child before we heard of it.
    await this.#pause(SOON_MS);
    if (this.#context.state.stopping) return;
    this.#context.traceOf(name)?.("thread-exit", 0, end);
    const waitMs = waitForNextMs(early) - SOON_MS;
    const next = early > 1
      ? `, ${early} times soon after its start; the next one comes in ${waitMs} ms`
      : "; a new process takes its place";
    console.error(`${name} died: ${end}${next}`);
    await this.#pause(waitMs);
    if (!this.#context.state.stopping) this.#start(name, early);
  }

  /** Ends with its timer; `finish()` takes that away. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, ms);
      this.#timers.add(timer);
    });
  }

  /** Tells every child to finish, and kills those that have not well after `graceMs`. */
  finish(graceMs = SHUTDOWN_GRACE_MS): void {
    this.#finishing = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { stdin } of this.#children) stdin?.end();
    const deadline = setTimeout(() => {
      for (const child of this.#children) child.kill("SIGKILL");
    }, graceMs + MARGIN_MS);
    this.allExited().then(() => clearTimeout(deadline));
    this.#settle();
  }

  #settle(): void {
    if (this.#children.size === 0) this.#allExited.resolve();
  }

  /** Settles when the children were told to finish, and none is left. */
  allExited(): Promise<void> {
    return this.#allExited.promise;
  }
}
