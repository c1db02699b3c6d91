/**
 * The memory that all threads of one server share: the stop cell and the counters of INFO.
 *
 * Every cell is read and written with `Atomics` only. The stop cell goes from 0 to 1 once and never
 * back; whoever blocks, blocks on it (or is woken when it changes), so that shutting down never has
 * to wait for business to end.
 */

const STOP = 0, CONNECTED = 1, ACCEPTED = 2, COMMANDS = 3, THREADS = 4, CELLS = 5;

/** One thread's view of the server's shared memory. */
export class SharedState {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array<SharedArrayBuffer>;

  /** @param memory from `SharedState.allocate()` or another thread's `memory`; default: new. */
  constructor(memory: SharedArrayBuffer = SharedState.allocate()) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** Memory for one server, with every cell 0. */
  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT);
  }

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

  connectionClosed(): void {
    Atomics.sub(this.#cells, CONNECTED, 1);
  }

  commandRun(): void {
    Atomics.add(this.#cells, COMMANDS, 1);
  }

  threadStarted(): void {
    Atomics.add(this.#cells, THREADS, 1);
  }

  threadExited(): void {
    Atomics.sub(this.#cells, THREADS, 1);
  }

  /** What INFO shows. `threads` counts the model's threads, the main thread included. */
  get counters() {
    return {
      threads: Atomics.load(this.#cells, THREADS),
      connected_clients: Atomics.load(this.#cells, CONNECTED),
      total_connections: Atomics.load(this.#cells, ACCEPTED) >>> 0,
      total_commands: Atomics.load(this.#cells, COMMANDS) >>> 0,
    };
  }
}
