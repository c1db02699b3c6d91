/**
 * What is woken when the server stops: the descriptors of all its threads that may be blocked, in
 * shared memory.
 *
 * Invariant: whoever closes a descriptor takes it out before, and whoever uses the list holds its lock
 * meanwhile. So a number stands here only as long as it means what it meant.
 */

/** What a descriptor is; with it comes how a thread that waits for it is woken. */
export const LISTENER = 1, CONNECTION = 2, DOORBELL = 3;
/** Any of these. */
export type StopKind = typeof LISTENER | typeof CONNECTION | typeof DOORBELL;

const LOCK = 0, OVER = 1, FIRST_PLACE = 2;
/** A place holds the kind and, below this bit, the descriptor; 0: it is free. */
const KIND_BIT = 24;

/** One thread's view of the list. */
export class StopList {
  readonly #cells: Int32Array<SharedArrayBuffer>;
  /** Where this thread looks for a free place first. */
  #next = FIRST_PLACE;

  /**
   * Looks at the memory that all threads of the server share.
   *
   * @param memory from `StopList.allocate()`.
   */
  constructor(memory: SharedArrayBuffer) {
    this.#cells = new Int32Array(memory);
  }

  /** Memory for so many descriptors. */
  static allocate(places: number): SharedArrayBuffer {
    return new SharedArrayBuffer((FIRST_PLACE + places) * Int32Array.BYTES_PER_ELEMENT);
  }

  /**
   * Puts a descriptor in.
   *
   * @returns its place, for `remove`.
   */
  add(kind: StopKind, fd: number): number {
    return this.#locked(() => {
      const { length } = this.#cells;
      for (let tried = FIRST_PLACE; tried < length; tried++) {
        const place = this.#next;
        this.#next = place + 1 < length ? place + 1 : FIRST_PLACE;
        if (this.#cells[place] !== 0) continue;
        this.#cells[place] = (kind << KIND_BIT) | fd;
        return place;
      }
      throw new Error("the list of what is to be woken is full");
    });
  }

  /** Takes a descriptor out. */
  remove(place: number): void {
    this.#locked(() => this.#cells[place] = 0);
  }

  /** Calls `wake` with each descriptor of these kinds. */
  forEach(kinds: readonly StopKind[], wake: (fd: number, kind: StopKind) => void): void {
    this.#locked(() => {
      for (const cell of this.#cells.subarray(FIRST_PLACE)) {
        const kind = (cell >> KIND_BIT) as StopKind;
        if (kinds.includes(kind)) wake(cell & ((1 << KIND_BIT) - 1), kind);
      }
    });
  }

  /** Blocks the calling thread for so long, or until everything of the server is gone. */
  waitForEnd(ms: number): void {
    Atomics.wait(this.#cells, OVER, 0, ms);
  }

  /** Everything of the server is gone. */
  end(): void {
    Atomics.store(this.#cells, OVER, 1);
    Atomics.notify(this.#cells, OVER);
  }

  #locked<T>(use: () => T): T {
    while (Atomics.compareExchange(this.#cells, LOCK, 0, 1) !== 0) {
      Atomics.wait(this.#cells, LOCK, 1);
    }
    try {
      return use();
    } finally {
      Atomics.store(this.#cells, LOCK, 0);
      Atomics.notify(this.#cells, LOCK, 1);
    }
  }
}
