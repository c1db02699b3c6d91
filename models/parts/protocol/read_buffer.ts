/**
 * The bytes of one connection that have come and belong to no request yet, and free space behind them
 * to read into.
 *
 * Invariant: `bytes[start, end)` are those that came; what is before was used, what is behind is free.
 */

/** Of a client that says nothing or little: thousands of them may wait, each with its buffer. */
const LEAST_BYTES = 512;
/** Of one that says more than that. */
const USUAL_BYTES = 16 * 1024;

/** A buffer that grows when more comes than it has room for, and shrinks again after. */
export class ReadBuffer {
  /** The memory; another one after each `space()` that needed more. */
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(LEAST_BYTES);
  /** Where the first byte is that belongs to no request yet. Whoever takes a request moves it. */
  start = 0;
  /** Where the free space begins. */
  end = 0;

  /** Whether it was full since it was empty: then as much is likely to come again. */
  #wasFull = false;

  /** Free space to read into, at least so many bytes. Views of what came before become invalid. */
  space(least = 1): Uint8Array {
    if (this.start === this.end) this.#reset();
    if (this.bytes.length - this.end < least) this.#makeRoom(least);
    return this.end === 0 ? this.bytes : this.bytes.subarray(this.end);
  }

  /** Takes over `count` bytes that were read into `space()`. */
  filled(count: number): void {
    this.end += count;
    if (this.end > LEAST_BYTES || this.end === this.bytes.length) this.#wasFull = true;
  }

  /** Takes over bytes that were read elsewhere. */
  put(content: Uint8Array): void {
    if (content.length === 0) return;
    this.space(content.length).set(content);
    this.filled(content.length);
  }

  /** Takes out all that came; a copy. */
  takeAll(): Uint8Array<ArrayBuffer> {
    const all = this.bytes.slice(this.start, this.end);
    this.#reset();
    return all;
  }

  #reset(): void {
    // After a large request the connection gives the memory back.
    const length = this.#wasFull ? USUAL_BYTES : LEAST_BYTES;
    if (this.bytes.length !== length) this.bytes = new Uint8Array(length);
    this.#wasFull = false;
    this.start = this.end = 0;
  }

  #makeRoom(least: number): void {
    const pending = this.bytes.subarray(this.start, this.end);
    let length = Math.max(this.bytes.length, USUAL_BYTES);
    if (pending.length > length / 2) length *= 2;
    while (length - pending.length < least) length *= 2;
    if (length > this.bytes.length) this.bytes = new Uint8Array(length);
    this.bytes.set(pending);
    this.start = 0;
    this.end = pending.length;
  }
}
