/**
 * Event threads: temporary threads, each started for one ready connection. It reads, works and writes
 * for it, gives it back and ends.
 *
 * The main thread starts them, because a thread that a Worker starts needs a second longer in Deno
 * 2.9.6. At most so many run at once; what comes beyond waits here, in the order in which it came.
 *
 * Invariant: for each loan that comes in, one `Back` goes to the thread that it came from, however
 * the event thread ended, and never before it has. So a client has one event thread at most.
 */
import { Connection, type Returned } from "./connection.ts";
import {
  type DescriptorMessage,
  openDescriptor,
  reclaimDescriptor,
} from "./handover_descriptor.ts";
import { CHUNK_BYTES } from "./read_requests.ts";
import type { ServerContext } from "./server_context.ts";
import { startThread, type Thread, threadMain } from "./thread.ts";
import { ThreadGroup } from "./thread_group.ts";

const EVENT = "event";
const NOTHING = new Uint8Array(0);

/** A ready connection on its way to an event thread. */
export interface Loan {
  /** The connection's number. */
  readonly id: number;
  /** What was read from it and belongs to no request yet. */
  readonly rest: Uint8Array;
  /** A duplicate of its descriptor. */
  readonly message: DescriptorMessage;
}

/** A connection on its way back to the thread that watches it. */
export interface Back extends Returned {
  /** The connection's number. */
  readonly id: number;
}

/** The event threads, as the main thread sees them. */
export class EventThreads {
  readonly #group = new ThreadGroup();
  readonly #waiting: { readonly loan: Loan; readonly watcher: Thread }[] = [];
  #started = 0;
  #finishing = false;

  /**
   * Starts none yet.
   *
   * @param module the file whose `eventThreadMain` the threads run.
   * @param most how many may run at once; a whole number from 1.
   */
  constructor(readonly module: string, readonly most: number, readonly context: ServerContext) {}

  /**
   * Starts a thread for a ready connection, as soon as fewer than `most` run.
   *
   * @param watcher who lends it, and is posted a `Back` when the thread has ended.
   */
  start(loan: Loan, watcher: Thread): void {
    this.#waiting.push({ loan, watcher });
    if (this.#group.size >= this.most) {
      this.context.trace?.("queue", loan.id, "all threads are busy");
    }
    this.#startNext();
  }

  #startNext(): void {
    if (this.#finishing) return this.#giveUpWaiting();
    if (this.#group.size >= this.most) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    const { loan, watcher } = next;
    const thread = startThread(this.module, `${EVENT}-${++this.#started}`, this.context, loan);
    let back: Back = { id: loan.id, rest: NOTHING, state: "ended" };
    thread.onMessage = (message) => back = message as Back;
    this.#group.add(thread, () => {
      reclaimDescriptor(loan.message);
      watcher.post(back);
      this.#startNext();
    });
  }

  /** The server stops: nobody will serve those that wait. */
  #giveUpWaiting(): void {
    for (const { loan, watcher } of this.#waiting.splice(0)) {
      reclaimDescriptor(loan.message);
      watcher.post({ id: loan.id, rest: NOTHING, state: "ended" } satisfies Back);
    }
  }

  /** Asks every thread to finish, and terminates those that have not after `graceMs`. */
  finish(graceMs: number): void {
    this.#finishing = true;
    this.#giveUpWaiting();
    this.#group.finish(graceMs);
  }

  /** Settles when no thread is left. */
  allExited(): Promise<void> {
    return this.#group.allExited();
  }
}

/** What an event thread does for the connection that it was lent. */
export type ServeEvent = (connection: Connection, context: ServerContext) => Promise<void>;

/**
 * Makes a module the program of the event threads.
 *
 * @param meta the module's `import.meta`.
 */
export function eventThreadMain(meta: ImportMeta, serve: ServeEvent): void {
  threadMain<Loan>(meta, async (context, loan, onMessage, post) => {
    const back = await serveLoan(loan, context, (connection) => {
      onMessage(() => connection.finish());
      return serve(connection, context);
    });
    post(back);
  }, EVENT);
}

/**
 * Event thread: takes the connection, lets it be served, and closes what the thread has of it.
 *
 * @returns what the thread that watches it is to get.
 */
export async function serveLoan(
  { id, rest, message }: Loan,
  context: ServerContext,
  serve: ServeEvent,
): Promise<Back> {
  const stream = openDescriptor(message, CHUNK_BYTES);
  if (stream === undefined) return { id, rest, state: "ended" };
  const options = { ...context.connectionOptions(id), chunkBytes: CHUNK_BYTES };
  const connection = new Connection(stream, options, rest);
  await serve(connection, context);
  if (connection.ended) await connection.close();
  return { id, ...connection.giveBack() };
}
