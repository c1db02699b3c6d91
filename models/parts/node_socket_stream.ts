/**
 * A socket of Node's `net`, opened from a file descriptor, as a byte stream.
 *
 * `net` pushes bytes, a byte stream is asked for them. Invariant: at most one of `#reader` (somebody
 * waits for bytes) and `#pending` (bytes wait for somebody) is set; while bytes wait, the socket is
 * paused, so that the kernel's buffers fill and the client is held back. One that reads on demand is
 * paused also while nobody waits, so that another thread can read in its place: pausing takes effect
 * at once, in the middle of the callback.
 */
import { Buffer } from "node:buffer";
import net from "node:net";
import type { ByteStream } from "./byte_stream.ts";
import { duplicateOf } from "./node_listener.ts";

const CHUNK_BYTES = 16 * 1024;
/** Taken in one `write()`, so that the caller sees a slow client's progress. */
const WRITE_BYTES = 64 * 1024;
const NOTHING = new Uint8Array(0);

/** Options of `net.Socket` that its types lack for sockets made from a descriptor. */
type SocketOptions = net.SocketConstructorOpts & { onread: net.OnReadOpts };

/** A `read()` that waits for bytes. */
interface Reader {
  readonly buffer: Uint8Array;
  resolve(count: number | null): void;
  reject(error: Error): void;
}

/** One socket. */
export class NodeSocketStream implements ByteStream {
  readonly #socket: net.Socket;
  readonly #onHeard: (() => void) | undefined;
  #reader: Reader | undefined;
  #pending: Uint8Array | undefined;
  #ended = false;
  #failure: Error | undefined;
  readonly #onDemand: boolean;

  /**
   * Opens a descriptor.
   *
   * @param fd a connected TCP socket's descriptor; this stream owns it from now on.
   * @param onHeard is called when bytes come, or the end: each time.
   */
  static open(fd: number, onHeard?: () => void): NodeSocketStream {
    return new NodeSocketStream(fd, { onHeard });
  }

  /**
   * Opens a descriptor that is read by turns with another thread, which has a duplicate: nothing is
   * read before `read()` asks for it.
   *
   * @param chunkBytes the most that is read at once. Who asks has to have room for so much.
   */
  static openOnDemand(fd: number, chunkBytes: number): NodeSocketStream {
    return new NodeSocketStream(fd, { chunkBytes });
  }

  private constructor(
    fd: number,
    { onHeard, chunkBytes }: { onHeard?: () => void; chunkBytes?: number },
  ) {
    this.#onHeard = onHeard;
    this.#onDemand = chunkBytes !== undefined;
    const onread = { buffer: Buffer.alloc(chunkBytes ?? CHUNK_BYTES), callback: this.#onBytes };
    const options: SocketOptions = { fd, allowHalfOpen: true, onread };
    this.#socket = new net.Socket(options);
    this.#socket.on("end", this.#onEnd);
    this.#socket.on("error", this.#onGone);
    this.#socket.on("close", () => this.#onGone(new Deno.errors.BadResource("socket closed")));
    this.#socket.setNoDelay(true);
    // Before anything is read: that would be in a later turn.
    if (this.#onDemand) this.#socket.pause();
  }

  /** The client's address. */
  get remoteAddr(): Deno.NetAddr {
    const { remoteAddress: hostname = "unknown", remotePort: port = 0 } = this.#socket;
    return { transport: "tcp", hostname, port };
  }

  /** See `ByteStream`. Fails once the socket is closed or reset. */
  read(buffer: Uint8Array): Promise<number | null> {
    if (this.#pending !== undefined) return Promise.resolve(this.#takePending(buffer));
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#ended) return Promise.resolve(null);
    if (this.#onDemand) this.#socket.resume();
    return new Promise((resolve, reject) => this.#reader = { buffer, resolve, reject });
  }

  /** See `ByteStream`. Takes at most 64 KiB. */
  write(bytes: Uint8Array): Promise<number> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const taken = bytes.length > WRITE_BYTES ? bytes.subarray(0, WRITE_BYTES) : bytes;
    this.#socket.write(taken);
    // Nearly always the kernel took everything at once, and a callback would be a turn too late.
    if (this.#socket.writableLength === 0 && !this.#socket.destroyed) {
      return Promise.resolve(taken.length);
    }
    return new Promise((resolve, reject) => {
      // An empty write is done, or fails, when all before it has.
      this.#socket.write(NOTHING, (error) => error ? reject(error) : resolve(taken.length));
    });
  }

  /** See `ByteStream`. Settles when what was written is sent, or never will be. */
  closeWrite(): Promise<void> {
    // On a destroyed socket `end` would never call back.
    if (this.#socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => this.#socket.end(resolve));
  }

  /** See `ByteStream`. May be called more than once. */
  close(): void {
    this.#socket.destroy();
    this.#onGone(new Deno.errors.BadResource("the socket is closed"));
  }

  /** See `ByteStream`. */
  duplicate(): number {
    return duplicateOf(this.#socket);
  }

  #onBytes = (count: number, chunk: Uint8Array): boolean => {
    this.#onHeard?.();
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader !== undefined && count <= reader.buffer.length) {
      reader.buffer.set(count === chunk.length ? chunk : chunk.subarray(0, count));
      reader.resolve(count);
      return !this.#onDemand;
    }
    // `net` uses its buffer again for the next read, so what waits is copied.
    this.#pending = chunk.slice(0, count);
    if (reader !== undefined) reader.resolve(this.#takePending(reader.buffer));
    return false;
  };

  /** Hands out bytes that wait; when none are left, the socket is read again. */
  #takePending(buffer: Uint8Array): number {
    const pending = this.#pending ?? NOTHING;
    const count = Math.min(pending.length, buffer.length);
    buffer.set(pending.subarray(0, count));
    this.#pending = count < pending.length ? pending.subarray(count) : undefined;
    if (this.#pending === undefined && !this.#onDemand) {
      queueMicrotask(() => this.#socket.resume());
    }
    return count;
  }

  #onEnd = (): void => {
    this.#onHeard?.();
    this.#ended = true;
    this.#reader?.resolve(null);
    this.#reader = undefined;
  };

  #onGone = (error: Error): void => {
    this.#onHeard?.();
    this.#failure ??= error;
    this.#reader?.reject(this.#failure);
    this.#reader = undefined;
  };
}
