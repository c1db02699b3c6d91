/**
 * Lines of the trace on their way from the threads on which things happen to the one that writes them,
 * in shared memory. A thread never waits here: when nobody reads the trace and the ring is full, a line
 * is dropped and counted.
 *
 * Invariants. HEAD counts lines that were given a place, in the order in which they happened; the
 * writer's own count follows it. `turns[place]` is the number of the line that may be put there; that
 * number plus 1 when the line is there whole; plus PLACES when it was taken out. So a place is written
 * by one thread only, is read when it is whole, and is used again when it was read. ASLEEP says what the
 * writer sleeps for; it looks for a line after it has said so, and who puts a line in looks at ASLEEP
 * after that: so no line is missed, and a line that nobody sleeps for costs no system call.
 */
const PLACES = 1024, PLACE_BYTES = 2048;
const HEAD = 0, DROPPED = 1, NEWS = 2, END = 3, ASLEEP = 4, CELLS = 5;
const AWAKE = 0, FOR_ANY_LINE = 1, FOR_MANY = 2;
/** Every line whose number this divides wakes a writer that rests. */
const MANY = 128;
const TURNS_AT = CELLS * 4, LENGTHS_AT = TURNS_AT + PLACES * 4, BYTES_AT = LENGTHS_AT + PLACES * 4;

const encoder = new TextEncoder();

/** One thread's view of the ring. */
export class TraceRing {
  readonly #cells: Int32Array<SharedArrayBuffer>;
  readonly #turns: Int32Array<SharedArrayBuffer>;
  readonly #lengths: Int32Array<SharedArrayBuffer>;
  readonly #bytes: Uint8Array<SharedArrayBuffer>;
  /** The writer's own: how many lines it took. */
  #taken = 0;
  /** This thread's own: the line that goes in, or that came out. */
  #line: Uint8Array<ArrayBuffer> | undefined;

  /**
   * Looks at memory that all threads of a process share.
   *
   * @param memory from `TraceRing.allocate()`.
   */
  constructor(memory: SharedArrayBuffer) {
    this.#cells = new Int32Array(memory, 0, CELLS);
    this.#turns = new Int32Array(memory, TURNS_AT, PLACES);
    this.#lengths = new Int32Array(memory, LENGTHS_AT, PLACES);
    this.#bytes = new Uint8Array(memory, BYTES_AT);
  }

  /** Memory for one process: 2 MB of addresses, of which the system backs what is written to. */
  static allocate(): SharedArrayBuffer {
    const memory = new SharedArrayBuffer(BYTES_AT + PLACES * PLACE_BYTES);
    const turns = new Int32Array(memory, TURNS_AT, PLACES);
    for (let place = 0; place < PLACES; place++) turns[place] = place;
    return memory;
  }

  /** Any thread: puts a line in, or drops it when there is no place for it. */
  push(line: string): void {
    const bytes = this.#line ??= new Uint8Array(PLACE_BYTES);
    const { read, written } = encoder.encodeInto(line, bytes);
    for (;;) {
      const number = Atomics.load(this.#cells, HEAD);
      const place = number & (PLACES - 1);
      const behind = (number - Atomics.load(this.#turns, place)) | 0;
      if (behind > 0 || read < line.length) return this.drop();
      // Somebody else was first.
      const next = (number + 1) | 0;
      if (behind < 0 || Atomics.compareExchange(this.#cells, HEAD, number, next) !== number) {
        continue;
      }
      this.#bytes.set(bytes.subarray(0, written), place * PLACE_BYTES);
      this.#lengths[place] = written;
      Atomics.store(this.#turns, place, next);
      const sleep = Atomics.load(this.#cells, ASLEEP);
      if (sleep === FOR_ANY_LINE || sleep === FOR_MANY && next % MANY === 0) this.#wake();
      return;
    }
  }

  /** Whether there is no place for a line just now: then it need not be made. */
  get full(): boolean {
    const number = Atomics.load(this.#cells, HEAD);
    return ((number - Atomics.load(this.#turns, number & (PLACES - 1))) | 0) > 0;
  }

  /** Any thread: counts a line that was not made. */
  drop(): void {
    Atomics.add(this.#cells, DROPPED, 1);
  }

  #wake(): void {
    Atomics.add(this.#cells, NEWS, 1);
    Atomics.notify(this.#cells, NEWS);
  }

  /** Writer: takes the next line out; undefined when it is not there yet. It stands until the next call. */
  take(): Uint8Array | undefined {
    if (!this.#nextIsThere) return undefined;
    const place = this.#taken & (PLACES - 1);
    const line = this.#line ??= new Uint8Array(PLACE_BYTES);
    const [from, length] = [place * PLACE_BYTES, this.#lengths[place]];
    line.set(this.#bytes.subarray(from, from + length));
    Atomics.store(this.#turns, place, (this.#taken + PLACES) | 0);
    this.#taken = (this.#taken + 1) | 0;
    return line.subarray(0, length);
  }

  get #nextIsThere(): boolean {
    return Atomics.load(this.#turns, this.#taken & (PLACES - 1)) === ((this.#taken + 1) | 0);
  }

  /** Writer: how many lines were dropped since it was asked last. */
  takeDropped(): number {
    return Atomics.exchange(this.#cells, DROPPED, 0);
  }

  /** Writer: blocks, without using the CPU, until there is a line, or none will come any more. */
  wait(): void {
    this.#sleep(FOR_ANY_LINE, () => this.#nextIsThere);
  }

  /** Writer: lets lines gather for `ms`; less when many have come, or none will come any more. */
  rest(ms: number): void {
    const waiting = () => (Atomics.load(this.#cells, HEAD) - this.#taken) | 0;
    this.#sleep(FOR_MANY, () => waiting() >= MANY, ms);
  }

  #sleep(until: number, reached: () => boolean, ms = Infinity): void {
    const news = Atomics.load(this.#cells, NEWS);
    Atomics.store(this.#cells, ASLEEP, until);
    if (!this.ended && !reached()) Atomics.wait(this.#cells, NEWS, news, ms);
    Atomics.store(this.#cells, ASLEEP, AWAKE);
  }

  /** Whether no line will come any more. */
  get ended(): boolean {
    return Atomics.load(this.#cells, END) !== 0;
  }

  /** Tells the writer that no line will come any more. */
  end(): void {
    Atomics.store(this.#cells, END, 1);
    this.#wake();
  }
}
