/**
 * A connection's socket on a thread that blocks: in `recv` until the client says something, in `send`
 * until it takes what is sent. What is a promise here has settled when it is returned.
 *
 * A thread that is blocked runs no timer and hears no message. So the idle time-out is the socket's
 * own, SO_RCVTIMEO and SO_SNDTIMEO; and what ends the wait when the server stops is another thread's
 * `shutdown` of the socket, see `stop_waker_thread.ts`.
 */
import type { AcceptedSocket } from "../sockets/accepted_socket.ts";
import { peerAddress } from "./address.ts";
import { closeDescriptor, isClosed, limitBlocking } from "./socket_calls.ts";
import { receiveBlocking, sendBlocking, shutDownWriting } from "./socket_calls.ts";
import { CONNECTION, type StopList } from "./stop_list.ts";

/** How long the client may still be sending when we are done; then the socket is closed. */
const LINGER_MS = 1000;
/** A limit of 0 would be none. */
const LEAST_LIMIT_MS = 1;

/** What the socket's server has to say. */
export interface BlockingSocketOptions {
  /** So long nothing may move; 0: for ever. */
  readonly idleTimeoutMs: number;
  /** What is woken when the server stops. */
  readonly stopList: StopList;
  /** Whether it stops. */
  readonly isStopping: () => boolean;
  /** Called once, before the descriptor is closed. */
  readonly onClose?: () => void;
}

/** One connected socket. */
export class BlockingSocket implements AcceptedSocket {
  readonly #place: number;
  readonly #options: BlockingSocketOptions;
  /** When the client's last bytes are waited for: until when. */
  #lingerUntilMs: number | undefined;
  #closed = false;

  /**
   * Takes a socket.
   *
   * @param fd its descriptor, from now on this stream's own.
   */
  constructor(readonly fd: number, options: BlockingSocketOptions) {
    this.#options = options;
    this.#place = options.stopList.add(CONNECTION, fd);
    const { idleTimeoutMs } = options;
    if (idleTimeoutMs === 0) return;
    limitBlocking(fd, "receive", idleTimeoutMs);
    limitBlocking(fd, "send", idleTimeoutMs);
  }

  /** The client's address. */
  get remoteAddr(): Deno.NetAddr {
    return peerAddress(this.fd);
  }

  /** Blocks until bytes come. Fails when none came for too long, and when the server stops. */
  // deno-lint-ignore require-await -- what it throws is to be a promise that rejects
  async read(buffer: Uint8Array): Promise<number | null> {
    if (this.#closed) throw isClosed();
    if (this.#lingerUntilMs !== undefined) {
      const leftMs = this.#lingerUntilMs - performance.now();
      if (leftMs <= 0) throw new Deno.errors.TimedOut("the client sends on and on");
      limitBlocking(this.fd, "receive", Math.max(leftMs, LEAST_LIMIT_MS));
    }
    const count = receiveBlocking(this.fd, buffer);
    if (count === undefined) throw new Deno.errors.TimedOut("nothing came");
    // It is we who said that nothing more comes.
    if (count === null && this.#options.isStopping()) throw isClosed();
    return count;
  }

  /** Blocks until the kernel has taken bytes. Fails when it took none for too long. */
  // deno-lint-ignore require-await -- the same
  async write(bytes: Uint8Array): Promise<number> {
    if (this.#closed) throw isClosed();
    const count = sendBlocking(this.fd, bytes);
    if (count === undefined) throw new Deno.errors.TimedOut("nothing was taken");
    return count;
  }

  /** See `ByteStream`. From now on the client's last bytes are waited for, and not for long. */
  closeWrite(): Promise<void> {
    if (!this.#closed) shutDownWriting(this.fd);
    this.#lingerUntilMs = performance.now() + LINGER_MS;
    return Promise.resolve();
  }

  /** See `ByteStream`. May be called more than once. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.onClose?.();
    this.#options.stopList.remove(this.#place);
    closeDescriptor(this.fd);
  }
}
