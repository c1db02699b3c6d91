/**
 * A socket of Node's `net`, opened from a file descriptor, as a byte stream.
 *
 * `net` pushes bytes, a byte stream is asked for them. While bytes wait for somebody the socket is
 * paused, so that the kernel's buffers fill and the client is held back. One that reads on demand is
 * paused also while nobody waits, so that another thread can read in its place: pausing takes effect
 * at once, in the middle of the callback.
 */
import "../server/proc_needed.ts";
import type net from "node:net";
import type { ByteStream } from "./byte_stream.ts";
import { duplicateOf } from "./node_listener.ts";
import { PushedBytes } from "./pushed_bytes.ts";

// Loaded when they are first used, see `node_listener.ts`.
const nodeBuffer = () => process.getBuiltinModule("node:buffer").Buffer;
const nodeSocket = () => process.getBuiltinModule("node:net").Socket;

const CHUNK_BYTES = 16 * 1024;
/** Taken in one `write()`, so that the caller sees a slow client's progress. */
const WRITE_BYTES = 64 * 1024;
const NOTHING = new Uint8Array(0);

/** Options of `net.Socket` that its types lack for sockets made from a descriptor. */
type SocketOptions = net.SocketConstructorOpts & { onread: net.OnReadOpts };

/** One socket. */
export class NodeSocketStream implements ByteStream {
  readonly #socket: net.Socket;
  readonly #incoming: PushedBytes;
  readonly #onHeard: (() => void) | undefined;

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
    const onDemand = chunkBytes !== undefined;
    const onread = {
      buffer: nodeBuffer().alloc(chunkBytes ?? CHUNK_BYTES),
      callback: this.#onBytes,
    };
    const options: SocketOptions = { fd, allowHalfOpen: true, onread };
    const Socket = nodeSocket();
    this.#socket = new Socket(options);
    this.#incoming = new PushedBytes(() => this.#socket.resume(), onDemand);
    this.#socket.on("end", this.#onEnd);
    this.#socket.on("error", this.#onGone);
    this.#socket.on("close", () => this.#onGone(new Deno.errors.BadResource("socket closed")));
    this.#socket.setNoDelay(true);
    // Before anything is read: that would be in a later turn.
    if (onDemand) this.#socket.pause();
  }

  /** The client's address. */
  get remoteAddr(): Deno.NetAddr {
    const { remoteAddress: hostname = "unknown", remotePort: port = 0 } = this.#socket;
    return { transport: "tcp", hostname, port };
  }

  /** See `ByteStream`. Fails once the socket is closed or reset. */
  read(buffer: Uint8Array): Promise<number | null> {
    return this.#incoming.read(buffer);
  }

  /** See `ByteStream`. Takes at most 64 KiB. */
  write(bytes: Uint8Array): Promise<number> {
    const { failure } = this.#incoming;
    if (failure !== undefined) return Promise.reject(failure);
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

  /** A duplicate of the descriptor, for another thread; -1: there is none left. */
  duplicate(): number {
    return duplicateOf(this.#socket);
  }

  #onBytes = (count: number, chunk: Uint8Array): boolean => {
    this.#onHeard?.();
    return this.#incoming.push(count === chunk.length ? chunk : chunk.subarray(0, count));
  };

  #onEnd = (): void => {
    this.#onHeard?.();
    this.#incoming.end();
  };

  #onGone = (error: Error): void => {
    this.#onHeard?.();
    this.#incoming.fail(error);
  };
}
