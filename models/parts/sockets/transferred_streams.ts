/**
 * Handing over, the stream way, in the thread: the connection behind the two streams that the main
 * thread pumps. The other side is `handover_stream.ts`.
 */
import type { ByteStream } from "./byte_stream.ts";
import type { StreamMessage } from "./parcel.ts";

/** Taken in one `write()`, so that the caller sees a slow client's progress. */
const WRITE_BYTES = 64 * 1024;

/** A connection whose bytes go through the main thread. */
export class TransferredStreams implements ByteStream {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  /** What the main thread has written, modulo 2 ** 32. */
  readonly #written: Int32Array<SharedArrayBuffer>;
  /** Bytes that came, and that no `read()` had room for. */
  #left: Uint8Array = new Uint8Array(0);
  #given = 0;
  /** Closed here, taken back by the main thread, or the client is gone. */
  #over = false;

  /** Takes over the streams. */
  constructor({ readable, writable, written }: StreamMessage) {
    this.#reader = readable.getReader();
    this.#writer = writable.getWriter();
    this.#written = written;
    this.#writer.closed.catch(() => this.#end());
  }

  /** See `ByteStream`. Fails once the connection is closed. */
  async read(buffer: Uint8Array): Promise<number | null> {
    if (this.#left.length === 0) {
      const { done, value } = await this.#reader.read();
      if (this.#over) throw closed();
      if (done) return null;
      this.#left = value;
    }
    const count = Math.min(this.#left.length, buffer.length);
    buffer.set(this.#left.subarray(0, count));
    this.#left = this.#left.subarray(count);
    return count;
  }

  /** See `ByteStream`. Takes at most 64 KiB. */
  async write(bytes: Uint8Array): Promise<number> {
    await this.#writer.ready;
    // A copy of what is taken, because the whole buffer behind a view would go with it.
    const taken = bytes.length === bytes.buffer.byteLength && bytes.length <= WRITE_BYTES
      ? bytes
      : bytes.slice(0, WRITE_BYTES);
    this.#given += taken.length;
    await this.#writer.write(taken);
    await this.#untilWritten(this.#given | 0);
    return taken.length;
  }

  async #untilWritten(total: number): Promise<void> {
    for (let seen = 0; !this.#over && (seen = Atomics.load(this.#written, 0)) !== total;) {
      await Atomics.waitAsync(this.#written, 0, seen).value;
    }
    if (this.#over) throw closed();
  }

  /** See `ByteStream`. */
  closeWrite(): Promise<void> {
    return this.#writer.close();
  }

  /** See `ByteStream`. */
  close(): void {
    this.#end();
    this.#reader.cancel().catch(ignore);
    this.#writer.abort().catch(ignore);
  }

  #end(): void {
    this.#over = true;
    // Who waits for a write that never ends is let go.
    Atomics.notify(this.#written, 0);
  }
}

function closed(): Error {
  return new Deno.errors.BadResource("the connection is closed");
}

/** A stream that fails after its connection is closed is no news. */
function ignore(): void {}
