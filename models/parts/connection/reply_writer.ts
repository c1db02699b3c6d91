/**
 * A connection's replies on their way out, in the order in which they were queued.
 *
 * Invariant: at most one `write()` of the stream is under way. What is queued meanwhile goes with the
 * next, all of it at once; what the operating system did not take is written again.
 */
import { type ByteStream, concat } from "../sockets/byte_stream.ts";
import type { ConnectionOptions } from "./connection_options.ts";
import type { Life } from "./life.ts";

const NO_REPLY = "reply() takes what business.run() returned";
const NOTHING_TO_DO = Promise.resolve();

/** Writes one connection's replies. */
export class ReplyWriter {
  readonly #stream: ByteStream;
  readonly #life: Life;
  readonly #options: ConnectionOptions;
  #queue: Uint8Array[] = [];
  #writing: Promise<void> | undefined;

  /**
   * Begins with nothing.
   *
   * @param stream where the replies go.
   */
  constructor(stream: ByteStream, life: Life, options: ConnectionOptions) {
    this.#stream = stream;
    this.#life = life;
    this.#options = options;
  }

  /**
   * Queues a reply; `write()` sends it. One without bytes is not written.
   *
   * @throws TypeError when it is no reply at all: from a program whose types nobody has checked.
   */
  queue(bytes: Uint8Array): void {
    if (!(bytes instanceof Uint8Array)) throw new TypeError(NO_REPLY);
    if (bytes.length > 0) this.#queue.push(bytes);
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
    // Nobody is there to read it.
    if (this.#life.broken || this.#life.closed) this.#queue = [];
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
    this.#life.moved();
    if (count < bytes.length) return this.#send(bytes.subarray(count));
    if (this.#queue.length > 0) return this.#send(this.#takeQueue());
    this.#writing = undefined;
  }

  #onFailed = (): void => {
    this.#writing = undefined;
    this.#life.breakOff();
  };
}
