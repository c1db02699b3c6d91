/**
 * The queue between one event loop and its workers, in shared memory: jobs go out, replies come back.
 *
 *   slots  places for one job each, requests or replies: see `job_slots.ts`.
 *   queued a ring of slot numbers; the loop puts them in, workers take them out.
 *   done   a ring of slot numbers plus 1; workers put them in, the loop takes them out.
 *   owners for each slot the number of the worker that has it; 0: none.
 *
 * Invariants. A slot belongs to the loop; from `put` to `take` to nobody, from `take` to `finish` to
 * one worker; then to the loop again. Only its owner touches it. QUEUED counts what was put, CLAIMED
 * what was taken: 0 <= QUEUED - CLAIMED <= RING, so no number is overwritten before it is taken. A
 * worker that finishes first reserves its place in `done`, then fills it, then counts DONE up: so
 * whoever read DONE before it looked, and then waits for DONE to change, misses nothing. In the same
 * way a worker counts SLEEPERS up before it waits for QUEUED to change, and the loop looks at SLEEPERS
 * after it has counted QUEUED up. A worker that dies still stands in `owners` with what it had: the
 * loop finishes that in its place.
 */
import { JobSlots, SLOTS, SLOTS_BYTES } from "./job_slots.ts";
import type { Reply, Request } from "../protocol/protocol.ts";

/** Room for every slot, and to end each of the workers that `SIZES` allows; a power of 2. */
const RING = 1024;
const QUEUED = 0, CLAIMED = 1, RESERVED = 2, DONE = 3, SLEEPERS = 4, CELLS = 5;
const END = -1;

/** In bytes. */
const QUEUED_AT = CELLS * 4, DONE_AT = QUEUED_AT + RING * 4, OWNERS_AT = DONE_AT + SLOTS * 4;
const SLOTS_AT = OWNERS_AT + SLOTS * 4;

/** What one worker works on: a trip, see `trip.ts`. */
export interface Job {
  /** Where the job lies; for `finish()`. */
  readonly slot: number;
  /** The number of the connection that it came from. */
  readonly connection: number;
  /** What is asked for, in order; a copy of the worker's own. */
  readonly requests: readonly Request[];
}

/** One thread's view of the queue. The event loop calls `put` and `takeDone`, workers the rest. */
export class JobQueue {
  readonly #cells: Int32Array<SharedArrayBuffer>;
  readonly #queued: Int32Array<SharedArrayBuffer>;
  readonly #done: Int32Array<SharedArrayBuffer>;
  readonly #owners: Int32Array<SharedArrayBuffer>;
  readonly #slots: JobSlots;
  /** The loop's own: which slots are free, and how many finished jobs it took. */
  readonly #free = Array.from({ length: SLOTS }, (_, slot) => slot);
  #taken = 0;

  /**
   * Looks at memory that the loop and all workers share.
   *
   * @param memory from `JobQueue.allocate()`.
   * @param worker the worker's number, from 1; the loop has none.
   */
  constructor(readonly memory: SharedArrayBuffer, readonly worker = 0) {
    this.#cells = new Int32Array(memory, 0, CELLS);
    this.#queued = new Int32Array(memory, QUEUED_AT, RING);
    this.#done = new Int32Array(memory, DONE_AT, SLOTS);
    this.#owners = new Int32Array(memory, OWNERS_AT, SLOTS);
    this.#slots = new JobSlots(memory, SLOTS_AT);
  }

  /** Memory for one queue. */
  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(SLOTS_AT + SLOTS_BYTES);
  }

  /**
   * Loop: puts a job in, and wakes a worker if one sleeps. The requests are copied. Returns the slot,
   * which `takeDone` will name; undefined when every slot is in use.
   */
  put(connection: number, requests: readonly Request[]): number | undefined {
    const slot = this.#free.pop();
    if (slot === undefined) return undefined;
    this.#slots.putRequests(slot, connection, requests);
    this.#enqueue(slot);
    return slot;
  }

  /** Loop: ends one worker, once it has taken what was put in before. */
  putEnd(): void {
    this.#enqueue(END);
  }

  #enqueue(entry: number): void {
    const queued = Atomics.load(this.#cells, QUEUED);
    Atomics.store(this.#queued, queued & (RING - 1), entry);
    Atomics.store(this.#cells, QUEUED, (queued + 1) | 0);
    if (Atomics.load(this.#cells, SLEEPERS) > 0) Atomics.notify(this.#cells, QUEUED, 1);
  }

  /** Worker: takes the next job; blocks, without using the CPU, while there is none. */
  take(): Job | undefined {
    for (;;) {
      const claimed = Atomics.load(this.#cells, CLAIMED);
      const queued = Atomics.load(this.#cells, QUEUED);
      if (claimed === queued) {
        Atomics.add(this.#cells, SLEEPERS, 1);
        Atomics.wait(this.#cells, QUEUED, queued);
        Atomics.sub(this.#cells, SLEEPERS, 1);
        continue;
      }
      const slot = Atomics.load(this.#queued, claimed & (RING - 1));
      const next = (claimed + 1) | 0;
      if (Atomics.compareExchange(this.#cells, CLAIMED, claimed, next) !== claimed) continue;
      if (slot === END) return undefined;
      Atomics.store(this.#owners, slot, this.worker);
      return { slot, ...this.#slots.takeRequests(slot) };
    }
  }

  /** Worker: hands the replies to the loop, and wakes it. Loop: does so for a worker that died. */
  finish({ slot }: Pick<Job, "slot">, replies: readonly Reply[]): void {
    this.#slots.putReplies(slot, replies);
    Atomics.store(this.#owners, slot, 0);
    const place = Atomics.add(this.#cells, RESERVED, 1);
    Atomics.store(this.#done, place & (SLOTS - 1), slot + 1);
    Atomics.add(this.#cells, DONE, 1);
    Atomics.notify(this.#cells, DONE);
  }

  /** Loop: the jobs that a worker has taken and not finished; one at most. */
  heldBy(worker: number): Pick<Job, "slot">[] {
    return Array.from(this.#owners, (owner, slot) => ({ owner, slot }))
      .filter(({ owner }) => owner === worker);
  }

  /** Loop: how many jobs are done, for `waitForDone`. Read it before the last `takeDone`. */
  get doneCount(): number {
    return Atomics.load(this.#cells, DONE);
  }

  /** Loop: takes a finished job, and frees its slot. Undefined when none is finished. */
  takeDone(): { slot: number; reply: Reply } | undefined {
    const slot = Atomics.exchange(this.#done, this.#taken & (SLOTS - 1), 0) - 1;
    if (slot === -1) return undefined;
    this.#taken++;
    const reply = this.#slots.takeReply(slot);
    this.#free.push(slot);
    return { slot, reply };
  }

  /** Loop: settles when more jobs are done than `seen`, without blocking the thread. */
  async waitForDone(seen: number): Promise<void> {
    const { async, value } = Atomics.waitAsync(this.#cells, DONE, seen);
    if (async) await value;
  }
}
