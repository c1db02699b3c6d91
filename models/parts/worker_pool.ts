/**
 * A worker pool (工作线程池): a fixed number of threads, started beforehand, behind one queue.
 *
 * The event loop submits requests and is told when their replies are there. It never waits for a
 * worker. When the queue is full, trips wait in the loop's own list, one at most for each connection.
 *
 * A worker that dies is replaced (see `replacement.ts`). The requests that it had get an error each:
 * they may be half done.
 */
import type { Connection } from "./connection.ts";
import { untilDone } from "./kernel/until_done.ts";
import { JobQueue } from "./threads/job_queue.ts";
import { errorReply, type Reply, type Request } from "./protocol/protocol.ts";
import { earlyDeaths, waitForNextMs } from "./threads/replacement.ts";
import { nameText } from "./protocol/word_text.ts";
import type { ServerContext } from "./server_context.ts";
import { startThread } from "./thread.ts";
import { startTimer, type Timer } from "./timers.ts";
import { ThreadGroup } from "./thread_group.ts";
import type { WorkerStart } from "./threads/worker_program.ts";

export { nextTrip } from "./threads/trip.ts";
export { workerMain } from "./threads/worker_program.ts";

const DIED = errorReply("ERR the worker died; what was asked for may be half done");

/** A trip whose business is done. */
export interface Done {
  /** The connection that it is for. */
  readonly connection: Connection;
  /** What the client is to get: the replies to all requests of the trip. */
  readonly reply: Reply;
}

/** Requests on their way to a worker. */
interface Trip {
  readonly connection: Connection;
  readonly requests: readonly Request[];
}

/** The pool, as the event loop sees it. */
export class WorkerPool {
  readonly #queue = new JobQueue(JobQueue.allocate());
  readonly #threads = new ThreadGroup();
  readonly #context: ServerContext;
  readonly #onDone: (done: Done) => void;
  /** By slot, what lies there. */
  readonly #trips: Trip[] = [];
  readonly #overflow: Trip[] = [];
  #inHand = 0;
  #watching = false;
  readonly #timers = new Set<Timer>();
  readonly #module: string;
  #closing = false;

  /**
   * Starts the workers.
   *
   * @param module the file whose `workerMain` the workers run.
   * @param workers how many; a whole number from 1.
   * @param onDone called on the event loop's thread, once for each call of `submit`.
   */
  constructor(
    module: string,
    workers: number,
    context: ServerContext,
    onDone: (done: Done) => void,
  ) {
    this.#module = module;
    this.#context = context;
    this.#onDone = onDone;
    for (let number = 1; number <= workers; number++) this.#start(number);
  }

  /** @param early so many in its place, one after the other, died early. */
  #start(number: number, early = 0): void {
    const startedMs = performance.now();
    const init: WorkerStart = { memory: this.#queue.memory, number };
    const thread = startThread(this.#module, `worker-${number}`, this.#context, init);
    this.#threads.add(thread, () => {
      for (const job of this.#queue.heldBy(number)) {
        this.#queue.finish(job, this.#trips[job.slot].requests.map(() => DIED));
      }
      if (!this.#closing) this.#replace(number, earlyDeaths(early, performance.now() - startedMs));
    });
  }

  #replace(number: number, early: number): void {
    const timer = startTimer(() => {
      this.#timers.delete(timer);
      this.#start(number, early);
    }, waitForNextMs(early));
    this.#timers.add(timer);
  }

  /**
   * Lets a worker do the business of a trip, request by request. One trip of a connection at a time: so
   * its replies keep their order, and the requests' bytes stay valid until they are copied.
   *
   * @param requests from `nextTrip`; or one of `nextRequest`, which takes a trip of its own.
   */
  submit(connection: Connection, ...requests: readonly Request[]): void {
    const { trace } = this.#context;
    if (trace) { for (const request of requests) trace("queue", connection.id, nameText(request)); }
    this.#inHand++;
    this.#put({ connection, requests });
    if (!this.#watching) this.#watch();
  }

  #put(trip: Trip): void {
    const slot = this.#queue.put(trip.connection.id, trip.requests);
    if (slot === undefined) this.#overflow.push(trip);
    else this.#trips[slot] = trip;
  }

  /** Waits for replies as long as any is to come. */
  async #watch(): Promise<void> {
    this.#watching = true;
    while (this.#inHand > 0) {
      const seen = this.#queue.doneCount;
      for (let done = this.#queue.takeDone(); done; done = this.#queue.takeDone()) {
        this.#inHand--;
        const { connection, requests } = this.#trips[done.slot];
        this.#onDone({ connection, reply: { ...done.reply, answers: requests.length } });
        const next = this.#overflow.shift();
        if (next !== undefined) this.#put(next);
      }
      if (this.#inHand > 0) await untilDone(this.#queue, seen, this.#context.kernel);
    }
    this.#watching = false;
  }

  /** Ends the workers once the queue is empty; after `graceMs` those that still work. */
  async close(graceMs?: number): Promise<void> {
    this.#closing = true;
    for (const timer of this.#timers) timer.cancel();
    for (let i = this.#threads.size; i > 0; i--) this.#queue.putEnd();
    this.#threads.finish(graceMs);
    await this.#threads.allExited();
  }
}
