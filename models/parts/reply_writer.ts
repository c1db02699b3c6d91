/**
 * A connection's replies on their way out, in the order in which they were queued.
 *
 * Invariant: at most one `write()` of the stream is under way. What is queued meanwhile goes with the
 * next, all of it at once; what the operating system did not take is written again.
 */
import { type ByteStream, concat } from "./byte_stream.ts";
import type { Trace } from "./trace.ts";

const NOTHING_TO_DO = Promise.resolve();

/** What a writer tells, and whom. */
export interface WriterOptions {
  /** The connection's number, for the trace. */
  readonly id: number;
  /** Where writes are reported. */
  readonly trace?: Trace;
  /** Called when the operating system has taken bytes. */
  readonly onMoved: () => void;
  /** Called when the client is gone. */
  readonly onBroken: () => void;
}

/** Writes one connection's replies. */
export class ReplyWriter {
  readonly #stream: ByteStream;
  readonly #options: WriterOptions;
  #queue: Uint8Array[] = [];
  #writing: Promise<void> | undefined;

  /**
   * Nothing is queued yet.
   *
   * @param stream where the replies go.
   */
  constructor(stream: ByteStream, options: WriterOptions) {
    this.#stream = stream;
    this.#options = options;
  }

  /** Queues a reply; `write()` sends it. */
  queue(bytes: Uint8Array): void {
    this.#queue.push(bytes);
  }

  /** Forgets what is queued: nobody is there to read it. */
  drop(): void {
    this.#queue = [];
  }

  /** Settles when nothing is being written any more. */
  written(): Promise<void> {
    return this.#writing ?? NOTHING_TO_DO;
  }

  /**
   * Writes all that is queued, and what is queued meanwhile.
   *
   * @returns a promise that settles when the operating system has taken it, or the client is gone.
   */
  write(): Promise<void> {
    if (this.#writing === undefined && this.#queue.length > 0) {
      this.#writing = this.#send(this.#takeQueue());
    }
    return this.written();
  }

  #takeQueue(): Uint8Array {
    const bytes = this.#queue.length === 1 ? this.#queue[0] : concat(this.#queue);
    this.#queue = [];
    this.#options.trace?.("write", this.#options.id, `${bytes.length} bytes`);
    return bytes;
  }

  #send(bytes: Uint8Array): Promise<void> {
    return this.#stream.write(bytes).then((count) => this.#sent(bytes, count), this.#onFailed);
  }

  #sent(bytes: Uint8Array, count: number): Promise<void> | void {
    this.#options.onMoved();
    if (count < bytes.length) return this.#send(bytes.subarray(count));
    if (this.#queue.length > 0) return this.#send(this.#takeQueue());
    this.#writing = undefined;
  }

  #onFailed = (): void => {
    this.#writing = undefined;
    this.#options.onBroken();
  };
}
