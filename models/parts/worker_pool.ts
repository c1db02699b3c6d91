/**
 * A worker pool (工作线程池): a fixed number of threads, started beforehand, behind one queue.
 *
 * The event loop submits requests and is told when a reply is there. It never waits for a worker.
 * When the queue is full, jobs wait in the loop's own list; there is at most one for each connection,
 * so the cap of connections bounds it.
 */
import { JobQueue, MAX_WORKERS } from "./job_queue.ts";
import type { Reply, Request } from "./protocol.ts";
import type { ServerContext } from "./server_context.ts";
import { startThread, threadMain } from "./thread.ts";
import { ThreadGroup } from "./thread_group.ts";

/** Whose request it is: what the pool has to know of a connection. */
export interface Client {
  /** The connection's number, for the trace. */
  readonly id: number;
}

/** A request whose business is done. */
export interface Done<C extends Client> {
  /** The client that it is for. */
  readonly connection: C;
  /** What the client is to get. */
  readonly reply: Reply;
}

/** The pool, as the event loop sees it. */
export class WorkerPool<C extends Client> {
  readonly #queue = new JobQueue(JobQueue.allocate());
  readonly #threads = new ThreadGroup();
  readonly #context: ServerContext;
  readonly #onDone: (done: Done<C>) => void;
  /** By slot, whose job lies there. */
  readonly #clients: C[] = [];
  readonly #overflow: { connection: C; request: Request }[] = [];
  #inHand = 0;
  #watching = false;

  /**
   * Starts the workers.
   *
   * @param module the file whose `workerMain` the workers run.
   * @param workers how many; a whole number from 1.
   * @param onDone called on the event loop's thread, once for each request that was submitted.
   * @throws RangeError when the number is out of range.
   */
  constructor(
    module: string,
    workers: number,
    context: ServerContext,
    onDone: (done: Done<C>) => void,
  ) {
    if (!Number.isInteger(workers) || workers < 1 || workers > MAX_WORKERS) {
      throw new RangeError(`workers must be a whole number from 1 to ${MAX_WORKERS}`);
    }
    this.#context = context;
    this.#onDone = onDone;
    for (let n = 1; n <= workers; n++) {
      const thread = startThread(module, `worker-${n}`, context, this.#queue.memory);
      this.#threads.add(thread, () => {});
    }
  }

  /**
   * Lets a worker do the request's business. One request of a connection at a time: so its replies
   * keep their order, and the request's bytes stay valid until they are copied.
   */
  submit(connection: C, request: Request): void {
    this.#context.trace?.("queue", connection.id, request.name);
    this.#inHand++;
    this.#put(connection, request);
    if (!this.#watching) this.#watch();
  }

  #put(connection: C, request: Request): void {
    const slot = this.#queue.put(connection.id, request);
    if (slot === undefined) this.#overflow.push({ connection, request });
    else this.#clients[slot] = connection;
  }

  /** Waits for replies as long as any is to come. */
  async #watch(): Promise<void> {
    this.#watching = true;
    while (this.#inHand > 0) {
      const seen = this.#queue.doneCount;
      for (let done = this.#queue.takeDone(); done; done = this.#queue.takeDone()) {
        this.#inHand--;
        this.#onDone({ connection: this.#clients[done.slot], reply: done.reply });
        const next = this.#overflow.shift();
        if (next !== undefined) this.#put(next.connection, next.request);
      }
      if (this.#inHand > 0) await this.#queue.waitForDone(seen);
    }
    this.#watching = false;
  }

  /** Ends the workers once the queue is empty; after `graceMs` those that still work. */
  async close(graceMs: number): Promise<void> {
    for (let i = this.#threads.size; i > 0; i--) this.#queue.putEnd();
    this.#threads.finish(graceMs);
    await this.#threads.allExited();
  }
}

/**
 * Makes a module the program of the pool's workers.
 *
 * @param meta the module's `import.meta`.
 * @param business what a worker does with one request; it may block.
 */
export function workerMain(
  meta: ImportMeta,
  business: (context: ServerContext, request: Request, connection: number) => Reply,
): void {
  threadMain<SharedArrayBuffer>(meta, (context, memory) => {
    const queue = new JobQueue(memory);
    for (let job = queue.take(); job !== undefined; job = queue.take()) {
      queue.finish(job, business(context, job.request, job.connection));
    }
  });
}
