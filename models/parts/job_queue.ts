/**
 * The queue between one event loop and its workers, in shared memory: jobs go out, replies come back.
 *
 *   slots  SLOTS places for one job each: first the request, then, in the same place, its reply.
 *   queued a ring of slot numbers; the loop puts them in, workers take them out.
 *   done   a ring of slot numbers plus 1; workers put them in, the loop takes them out.
 *
 * Invariants. A slot belongs to the loop; from `put` to `take` to nobody, from `take` to `finish` to
 * one worker; then to the loop again. Only its owner touches it. QUEUED counts what was put, CLAIMED
 * what was taken: 0 <= QUEUED - CLAIMED <= RING, so no number is overwritten before it is taken. A
 * worker that finishes first reserves its place in `done`, then fills it, then counts DONE up: so
 * whoever read DONE before it looked, and then waits for DONE to change, misses nothing.
 */
import { MAX_REQUEST_BYTES, MAX_WORDS, type Reply, type Request } from "./protocol.ts";
import { commandName } from "./request_parser.ts";

/** Jobs in hand at once, waiting or worked on. */
const SLOTS = 128;
/** Room for every slot, and for the entries that end the workers. */
const RING = 1024;
const QUEUED = 0, CLAIMED = 1, RESERVED = 2, DONE = 3, CELLS = 4;
const END = -1;

/** In a slot, in words of 4 bytes: connection, number of words, length of each; or last, length. */
const HEADER_WORDS = 2 + MAX_WORDS;
/** A reply may be a little longer than its request: the length in front, the line end behind. */
const SLOT_BYTES = HEADER_WORDS * 4 + MAX_REQUEST_BYTES + 64;

/** The most workers that one queue can end. */
export const MAX_WORKERS = RING - SLOTS;

/** A request that one worker works on. */
export interface Job {
  /** Where the job lies; for `finish()`. */
  readonly slot: number;
  /** The number of the connection that it came from. */
  readonly connection: number;
  /** What is asked for; a copy of the worker's own. */
  readonly request: Request;
}

/** One thread's view of the queue. The event loop calls `put` and `takeDone`, workers the rest. */
export class JobQueue {
  readonly #cells: Int32Array<SharedArrayBuffer>;
  readonly #queued: Int32Array<SharedArrayBuffer>;
  readonly #done: Int32Array<SharedArrayBuffer>;
  /** The whole memory: views are dear, so slots are reached by offset. */
  readonly #ints: Int32Array<SharedArrayBuffer>;
  readonly #bytes: Uint8Array<SharedArrayBuffer>;
  /** The loop's own: which slots are free, and how many finished jobs it took. */
  readonly #free = Array.from({ length: SLOTS }, (_, slot) => slot);
  #taken = 0;

  /**
   * Looks at memory that the loop and all workers share.
   *
   * @param memory from `JobQueue.allocate()`.
   */
  constructor(readonly memory: SharedArrayBuffer) {
    this.#cells = new Int32Array(memory, 0, CELLS);
    this.#queued = new Int32Array(memory, CELLS * 4, RING);
    this.#done = new Int32Array(memory, (CELLS + RING) * 4, SLOTS);
    this.#ints = new Int32Array(memory);
    this.#bytes = new Uint8Array(memory);
  }

  /** Memory for one queue: 76 MB of addresses, of which the system backs what is written to. */
  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(slotOffset(SLOTS));
  }

  /**
   * Loop: puts a job in, and wakes a worker if one sleeps. The request is copied.
   *
   * @returns the slot, which `takeDone` will name; undefined when every slot is in use.
   */
  put(connection: number, { words }: Request): number | undefined {
    const slot = this.#free.pop();
    if (slot === undefined) return undefined;
    const header = headerAt(slot);
    this.#ints[header] = connection;
    this.#ints[header + 1] = words.length;
    let at = bytesAt(slot);
    for (let i = 0; i < words.length; i++) {
      this.#ints[header + 2 + i] = words[i].length;
      this.#bytes.set(words[i], at);
      at += words[i].length;
    }
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
    Atomics.notify(this.#cells, QUEUED, 1);
  }

  /** Worker: takes the next job; blocks, without using the CPU, while there is none. */
  take(): Job | undefined {
    for (;;) {
      const claimed = Atomics.load(this.#cells, CLAIMED);
      const queued = Atomics.load(this.#cells, QUEUED);
      if (claimed === queued) {
        Atomics.wait(this.#cells, QUEUED, queued);
        continue;
      }
      const slot = Atomics.load(this.#queued, claimed & (RING - 1));
      const next = (claimed + 1) | 0;
      if (Atomics.compareExchange(this.#cells, CLAIMED, claimed, next) !== claimed) continue;
      return slot === END ? undefined : this.#job(slot);
    }
  }

  #job(slot: number): Job {
    const header = headerAt(slot);
    const count = this.#ints[header + 1];
    const words: Uint8Array[] = [];
    let at = bytesAt(slot);
    for (let i = 0; i < count; i++) {
      const end = at + this.#ints[header + 2 + i];
      // A copy: text can't be decoded from shared memory, and the reply goes where the request was.
      words.push(this.#bytes.slice(at, end));
      at = end;
    }
    const request = { name: commandName(words[0]), words };
    return { slot, connection: this.#ints[header], request };
  }

  /** Worker: hands the reply to the loop, and wakes it if it waits. */
  finish({ slot }: Job, { bytes, last }: Reply): void {
    const header = headerAt(slot);
    this.#ints[header] = last ? 1 : 0;
    this.#ints[header + 1] = bytes.length;
    this.#bytes.set(bytes, bytesAt(slot));
    const place = Atomics.add(this.#cells, RESERVED, 1);
    Atomics.store(this.#done, place & (SLOTS - 1), slot + 1);
    Atomics.add(this.#cells, DONE, 1);
    Atomics.notify(this.#cells, DONE);
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
    const header = headerAt(slot);
    const from = bytesAt(slot);
    const bytes = this.#bytes.slice(from, from + this.#ints[header + 1]);
    this.#free.push(slot);
    return { slot, reply: { bytes, last: this.#ints[header] === 1 } };
  }

  /** Loop: settles when more jobs are done than `seen`, without blocking the thread. */
  async waitForDone(seen: number): Promise<void> {
    const { async, value } = Atomics.waitAsync(this.#cells, DONE, seen);
    if (async) await value;
  }
}

/** Where a slot's header lies, in words of 4 bytes. */
function headerAt(slot: number): number {
  return slotOffset(slot) / 4;
}

/** Where a slot's bytes lie, in bytes. */
function bytesAt(slot: number): number {
  return slotOffset(slot) + HEADER_WORDS * 4;
}

function slotOffset(slot: number): number {
  return (CELLS + RING + SLOTS) * 4 + slot * SLOT_BYTES;
}
