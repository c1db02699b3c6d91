/**
 * The line between a thread and its starter on the kernel floor. Messages go by way of Deno, as on
 * the other floor; but whoever is to get one may be blocked, so it is rung for.
 *
 * Invariant: a message is counted before it is posted, and again when it is received; while the two
 * counts differ, the receiver's loop does not block. A thread that has ended is counted as such once,
 * by itself or, when it could not, by its starter.
 */
import { Doorbell } from "./doorbell.ts";
import type { KernelShared, KernelThread } from "./kernel_thread.ts";

const DOWN = 0, UP = 1, ENDED = 2, CELLS = 3;

/** One side of a line. */
export class Side {
  #received = 0;
  /** Nothing more will come. */
  protected readonly stopListening: () => void;

  /**
   * Takes up one side.
   *
   * @param comesIn which of the cells counts what comes to this side.
   */
  constructor(
    readonly cells: Int32Array<SharedArrayBuffer>,
    thread: KernelThread,
    readonly comesIn: number,
  ) {
    const areUnderWay = () => Atomics.load(cells, comesIn) !== this.#received;
    this.stopListening = thread.listen(areUnderWay);
  }

  /** A message came. */
  received(): void {
    this.#received = (this.#received + 1) | 0;
  }

  /** Counts the thread as ended. @returns whether it was not counted before. */
  countEnd(): boolean {
    return Atomics.exchange(this.cells, ENDED, 1) === 0;
  }
}

/** The starter's side. */
export class LineToThread extends Side {
  /** What the thread needs to enter the floor. */
  readonly shared: KernelShared;
  readonly #bell: Doorbell;
  readonly #thread: KernelThread;

  /** Opens a line to a thread that is about to be started. */
  constructor(thread: KernelThread) {
    super(new Int32Array(new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT)), thread, UP);
    this.#thread = thread;
    this.#bell = new Doorbell(Doorbell.allocate());
    this.shared = { ...thread.shared, bell: this.#bell.memory, line: this.cells.buffer };
  }

  /** Posts a message by `post`, and sees to it that the thread receives it. */
  send(post: () => void): void {
    Atomics.add(this.cells, DOWN, 1);
    post();
    this.#bell.ring();
  }

  /** The thread has ended. @returns whether it is still to be counted so. */
  close(): boolean {
    this.stopListening();
    this.#bell.close(this.#thread.stopList);
    return this.countEnd();
  }
}

/** The thread's own side. */
export class LineToStarter extends Side {
  readonly #thread: KernelThread;

  /**
   * Takes up the line.
   *
   * @param line the memory, from the starter.
   */
  constructor(thread: KernelThread, line: SharedArrayBuffer) {
    super(new Int32Array(line), thread, DOWN);
    this.#thread = thread;
  }

  /** Posts a message by `post`, or dies, and sees to it that the starter hears of it. */
  send(post: () => void): void {
    Atomics.add(this.cells, UP, 1);
    post();
    this.#thread.ringMain();
  }
}
