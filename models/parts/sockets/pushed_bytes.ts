/**
 * Bytes that a source pushes, made into bytes that one asks for.
 *
 * Invariant: at most one of `#reader` (somebody waits for bytes) and `#pending` (bytes wait for
 * somebody) is set; while bytes wait, the source is paused. One that pushes on demand is paused also
 * while nobody waits.
 */

/** A `read()` that waits for bytes. */
interface Reader {
  readonly buffer: Uint8Array;
  resolve(count: number | null): void;
  reject(error: Error): void;
}

/** What came from one source, and who waits for it. */
export class PushedBytes {
  #reader: Reader | undefined;
  #pending: Uint8Array | undefined;
  #ended = false;
  #failure: Error | undefined;

  /**
   * Nothing has come.
   *
   * @param resume has the source push again. It never pushes within the call.
   * @param onDemand whether the source pushes only while a `read()` waits.
   */
  constructor(readonly resume: () => void, readonly onDemand: boolean) {}

  /** Why no more can come; undefined while it can. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** As in `ByteStream`. Fails once the source has failed. */
  read(buffer: Uint8Array): Promise<number | null> {
    if (this.#pending !== undefined) return Promise.resolve(this.#takePending(buffer));
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#ended) return Promise.resolve(null);
    if (this.onDemand) this.resume();
    return new Promise((resolve, reject) => this.#reader = { buffer, resolve, reject });
  }

  /**
   * Takes bytes from the source.
   *
   * @param chunk only valid during the call.
   * @returns whether the source may push on; otherwise it has to pause.
   */
  push(chunk: Uint8Array): boolean {
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader !== undefined && chunk.length <= reader.buffer.length) {
      reader.buffer.set(chunk);
      reader.resolve(chunk.length);
      return !this.onDemand;
    }
    this.#pending = chunk.slice();
    if (reader !== undefined) reader.resolve(this.#takePending(reader.buffer));
    return false;
  }

  /** The source has pushed its last. */
  end(): void {
    this.#ended = true;
    this.#reader?.resolve(null);
    this.#reader = undefined;
  }

  /** The source is gone. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#reader?.reject(this.#failure);
    this.#reader = undefined;
  }

  /** Hands out bytes that wait; when none are left, the source may push again. */
  #takePending(buffer: Uint8Array): number {
    const pending = this.#pending!;
    const count = Math.min(pending.length, buffer.length);
    buffer.set(pending.subarray(0, count));
    this.#pending = count < pending.length ? pending.subarray(count) : undefined;
    // Not within `push`, whose answer is to pause.
    if (this.#pending === undefined && !this.onDemand) queueMicrotask(this.resume);
    return count;
  }
}
