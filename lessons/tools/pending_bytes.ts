/**
 * Bytes that came and were not taken yet, in one piece. Positions are counted from the first of them.
 *
 * Invariant: they lie in `#buffer[#start, #end)`.
 */

const INITIAL_BYTES = 16 * 1024;

/** What has come on one connection, and waits to be taken. */
export class PendingBytes {
  #buffer = new Uint8Array(INITIAL_BYTES);
  #start = 0;
  #end = 0;

  /** How many there are. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** Takes in what was read; the bytes are copied. */
  push(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#buffer.length) this.#makeRoom(bytes.length);
    this.#buffer.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** The byte at a position. */
  at(position: number): number {
    return this.#buffer[this.#start + position];
  }

  /** The position of the first such byte, -1 when there is none. */
  indexOf(byte: number): number {
    const found = this.#buffer.indexOf(byte, this.#start);
    return found === -1 || found >= this.#end ? -1 : found - this.#start;
  }

  /** A view of the bytes between two positions; valid until the next `push()`. */
  between(from: number, to: number): Uint8Array {
    return this.#buffer.subarray(this.#start + from, this.#start + to);
  }

  /** Takes the first `count` bytes away. */
  drop(count: number): void {
    this.#start += count;
  }

  #makeRoom(needed: number): void {
    const pending = this.#buffer.subarray(this.#start, this.#end);
    let size = this.#buffer.length;
    while (size < pending.length + needed) size *= 2;
    const buffer = size === this.#buffer.length ? this.#buffer : new Uint8Array(size);
    buffer.set(pending);
    this.#buffer = buffer;
    this.#start = 0;
    this.#end = pending.length;
  }
}
