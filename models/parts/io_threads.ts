/**
 * I/O threads: a fixed number of threads, each with an event loop of its own, to which connections
 * are given. One that dies takes its own connections down, and is replaced: see `replacement.ts`.
 * What runs in them is in `io_thread_program.ts`.
 *
 * Invariant: a connection stands in its thread's `given` from `give()` until the thread says that it
 * is closed, or has ended. Whoever takes it out counts it as closed: so each is counted once, also
 * when the thread died between closing it and saying so.
 */
import type { Accepted } from "./accept.ts";
import type { HandoverSocket, Parcel } from "./sockets/parcel.ts";
import { earlyDeaths, waitForNextMs } from "./threads/replacement.ts";
import type { ServerContext } from "./server_context.ts";
import { startThread, type Thread } from "./thread.ts";
import { startTimer, type Timer } from "./timers.ts";
import { ThreadGroup } from "./thread_group.ts";
import type { Closed, Gift, Message } from "./thread_messages.ts";

/** A thread, and the connections that it has, by number. */
interface Place {
  readonly thread: Thread;
  readonly given: Map<number, Parcel>;
}

/** Threads that are more than I/O threads: how their program is called, and what else they say. */
export interface IoThreadsOptions<From extends Message> {
  /** Which program of the module they run, and the first word of their names. */
  readonly kind: string;
  /** Called with what a thread's loop tells the main thread. */
  readonly onMessage: (message: From, from: Thread) => void;
}

/** The threads, as the main thread sees them. */
export class IoThreads<From extends Message = never> {
  readonly #group = new ThreadGroup();
  /** Those that live, by their place. */
  readonly #threads = new Map<number, Place>();
  /** Connections that came when none lived. */
  #unserved: Accepted<HandoverSocket>[] = [];
  readonly #timers = new Set<Timer>();
  #finishing = false;

  /**
   * Starts the threads.
   *
   * @param module the file whose `ioThreadMain` the threads run.
   * @param count how many; a whole number from 1.
   */
  constructor(
    readonly module: string,
    count: number,
    readonly context: ServerContext,
    readonly options?: IoThreadsOptions<From>,
  ) {
    for (let at = 0; at < count; at++) this.#start(at);
  }

  /** @param early so many in its place, one after the other, died early. */
  #start(at: number, early = 0): void {
    const startedMs = performance.now();
    const thread = this.#startThread(at + 1);
    const given = new Map<number, Parcel>();
    thread.onMessage = (message) => {
      if (!isClosed(message)) return this.options?.onMessage(message, thread);
      // The thread has closed it, and so there is nothing to reclaim.
      if (given.delete(message.id)) this.context.state.connectionClosed();
    };
    this.#threads.set(at, { thread, given });
    this.#group.add(thread, () => {
      this.#threads.delete(at);
      for (const parcel of given.values()) this.#takeBack(parcel);
      if (!this.#finishing) this.#replace(at, earlyDeaths(early, performance.now() - startedMs));
    });
    for (const accepted of this.#takeUnserved()) this.give(accepted);
  }

  #startThread(number: number): Thread<From | Closed> {
    const { kind } = this.options ?? {};
    return startThread(this.module, `${kind ?? "io"}-${number}`, this.context, null, { kind });
  }

  #replace(at: number, early: number): void {
    const timer = startTimer(() => {
      this.#timers.delete(timer);
      this.#start(at, early);
    }, waitForNextMs(early));
    this.#timers.add(timer);
  }

  #takeUnserved(): Accepted<HandoverSocket>[] {
    const unserved = this.#unserved;
    this.#unserved = [];
    return unserved;
  }

  #takeBack(parcel: Parcel): void {
    if (parcel.reclaim()) this.context.state.connectionClosed();
  }

  /** Gives a connection to the thread that has the fewest. */
  give(accepted: Accepted<HandoverSocket>): void {
    const { id, socket } = accepted;
    // Accepted while the server was told to stop: the thread may have ended, or listens no more.
    if (this.#finishing) return this.#takeBack(socket.handOver());
    const threads = [...this.#threads.values()];
    if (threads.length === 0) return void this.#unserved.push(accepted);
    const { thread, given } = threads.reduce((a, b) => b.given.size < a.given.size ? b : a);
    const parcel = socket.handOver();
    given.set(id, parcel);
    this.context.trace?.("give", id, `to ${thread.name}`);
    thread.post({ kind: "gift", id, message: parcel.message } satisfies Gift, parcel.transfer);
  }

  /** Asks every thread to finish, and terminates those that have not after `graceMs`. */
  finish(graceMs?: number): void {
    this.#finishing = true;
    for (const timer of this.#timers) timer.cancel();
    for (const { socket } of this.#takeUnserved()) this.#takeBack(socket.handOver());
    this.#group.finish(graceMs);
  }

  /** Settles when no thread is left. */
  allExited(): Promise<void> {
    return this.#group.allExited();
  }
}

function isClosed(message: Message): message is Closed {
  return message.kind === "closed";
}
