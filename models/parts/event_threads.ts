/**
 * Event threads: temporary threads, each started for one ready connection. It reads, works and writes
 * for it, gives it back and ends.
 *
 * The main thread starts them. At most so many run at once; what comes beyond waits here, in the order
 * in which it came.
 *
 * Invariant: for each loan that comes in, one `Back` goes to the thread that it came from, however
 * the event thread ended, and never before it has. So a client has one event thread at most.
 */
import type { Back, Loan } from "./threads/loan_messages.ts";
import type { ServerContext } from "./server_context.ts";
import { startThread, type Thread, threadMain } from "./thread.ts";
import { ThreadGroup } from "./thread_group.ts";
import type { Finish } from "./thread_messages.ts";
import { reclaimLoan, type ServeEvent, serveLoan } from "./threads/lending.ts";

// Deno 2.9.6: a thread that a Worker starts is half a second late. So the watching threads don't start
// the event threads themselves; the main thread does.
const EVENT = "event";
const NOTHING = new Uint8Array(0);

/** The event threads, as the main thread sees them. */
export class EventThreads {
  readonly #group = new ThreadGroup();
  readonly #waiting: { readonly loan: Loan; readonly watcher: Thread }[] = [];
  #started = 0;

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
    // The stop cell is set before this thread is told: it may be starting thread after thread.
    if (this.context.state.stopping) return this.#giveUpWaiting();
    if (this.#group.size >= this.most) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    const { loan, watcher } = next;
    const name = `${EVENT}-${++this.#started}`;
    const options = { kind: EVENT };
    const thread: Thread<Back> = startThread(this.module, name, this.context, loan, options);
    let back: Back = { kind: "back", id: loan.id, rest: NOTHING, state: "ended" };
    thread.onMessage = (message) => back = message;
    this.#group.add(thread, () => {
      reclaimLoan(loan);
      watcher.post(back);
      this.#startNext();
    });
  }

  /** The server stops: nobody will serve those that wait. */
  #giveUpWaiting(): void {
    for (const { loan, watcher } of this.#waiting.splice(0)) {
      reclaimLoan(loan);
      watcher.post({ kind: "back", id: loan.id, rest: NOTHING, state: "ended" } satisfies Back);
    }
  }

  /** Asks every thread to finish, and terminates those that have not after `graceMs`. */
  finish(graceMs?: number): void {
    this.#giveUpWaiting();
    this.#group.finish(graceMs);
  }

  /** Settles when no thread is left. */
  allExited(): Promise<void> {
    return this.#group.allExited();
  }
}

/**
 * Makes a module the program of the event threads.
 *
 * @param meta the module's `import.meta`.
 */
export function eventThreadMain(meta: ImportMeta, serve: ServeEvent): void {
  threadMain<Loan, Finish>(meta, async (context, loan, onMessage, post) => {
    const back = await serveLoan(loan, context, (connection) => {
      onMessage(() => connection.finish());
      return serve(connection, context);
    });
    post(back);
  }, EVENT);
}
