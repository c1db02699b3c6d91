/**
 * The memory that all threads of one server share: the stop cell and the counters of INFO.
 *
 * Every cell is read and written with `Atomics` only. The stop cell goes from 0 to 1 once and never
 * back; whoever blocks, blocks on it (or is woken when it changes), so that shutting down never has
 * to wait for business to end.
 */

const STOP = 0, CONNECTED = 1, ACCEPTED = 2, COMMANDS = 3, THREADS = 4, CELLS = 5;

/** The counters of one server. */
export interface Counters {
  /** The model's threads that run, the main thread included. */
  readonly threads: number;
  /** Connections that are served now. */
  readonly connected_clients: number;
  /** Connections that were served since the start; refused ones don't count. Wraps at 2^32. */
  readonly total_connections: number;
  /** Requests whose business was begun, wrong ones included. Wraps at 2^32. */
  readonly total_commands: number;
}

/** One thread's view of the server's shared memory. */
export class SharedState {
  /** What another thread needs for its own view. */
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array<SharedArrayBuffer>;

  /**
   * Makes a view of the memory.
   *
   * @param memory from `SharedState.allocate()` or another thread's `memory`; default: new.
   */
  constructor(memory: SharedArrayBuffer = SharedState.allocate()) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** Memory for one server, with every cell 0. */
  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT);
  }

  /** Whether the server was told to stop. */
  get stopping(): boolean {
    return Atomics.load(this.#cells, STOP) !== 0;
  }

  /** Sets the stop cell and wakes every thread that sleeps on it. */
  stop(): void {
    Atomics.store(this.#cells, STOP, 1);
    Atomics.notify(this.#cells, STOP);
  }

  /** Blocks the calling thread, the main thread as well, for `ms` or until the server stops. */
  sleep(ms: number): void {
    Atomics.wait(this.#cells, STOP, 0, ms);
  }

  /** Counts a connection that is now served. */
  connectionOpened(): void {
    Atomics.add(this.#cells, CONNECTED, 1);
    Atomics.add(this.#cells, ACCEPTED, 1);
  }

  /** Its place is free again: one more may be accepted. */
  connectionClosed(): void {
    Atomics.sub(this.#cells, CONNECTED, 1);
  }

  /** Counts a request, right or wrong. */
  commandRun(): void {
    Atomics.add(this.#cells, COMMANDS, 1);
  }

  /** Counts what another process, with memory of its own, has served. */
  addTotals({ connections, commands }: { connections: number; commands: number }): void {
    Atomics.add(this.#cells, ACCEPTED, connections);
    Atomics.add(this.#cells, COMMANDS, commands);
  }

  /** Called by the thread that starts another, so that INFO is right at once. */
  threadStarted(): void {
    Atomics.add(this.#cells, THREADS, 1);
  }

  /** Called by the starter as well, because a thread that fails cannot. */
  threadExited(): void {
    Atomics.sub(this.#cells, THREADS, 1);
  }

  /** What INFO shows. */
  get counters(): Counters {
    return {
      threads: Atomics.load(this.#cells, THREADS),
      connected_clients: Atomics.load(this.#cells, CONNECTED),
      total_connections: Atomics.load(this.#cells, ACCEPTED) >>> 0,
      total_commands: Atomics.load(this.#cells, COMMANDS) >>> 0,
    };
  }
}
