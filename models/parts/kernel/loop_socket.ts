/**
 * A connection's socket on a thread that multiplexes. It is read when `epoll` says that bytes have
 * come, and written at once; what the kernel does not take then is written when `epoll` says that
 * there is room.
 *
 * Invariant: the socket is watched for what somebody waits for, and for no more than that for longer
 * than one turn. `epoll` is level-triggered here: it would tell again and again of bytes that nobody
 * reads, so at the first time the watching is changed.
 */
import type { AcceptedSocket } from "../sockets/accepted_socket.ts";
import { peerAddress } from "./address.ts";
import { EPOLLIN, EPOLLOUT } from "./epoll.ts";
import type { KernelLoop, Watched } from "./kernel_loop.ts";
import {
  closeDescriptor,
  duplicateDescriptor,
  isClosed,
  peekNow,
  receiveNow,
  sendNow,
  shutDownWriting,
} from "./socket_calls.ts";
import { Waiter } from "./waiter.ts";

/** What `epoll` tells of though it was not asked: EPOLLERR and EPOLLHUP. */
const BROKEN = 8 | 16;
const NOTHING = 0;

/** What the owner of a stream may want otherwise. */
export interface LoopSocketOptions {
  /** Called once, before the descriptor is closed. */
  readonly onClose?: () => void;
  /** Called when bytes come, or the end: each time. */
  readonly onHeard?: () => void;
  /** True: `read` leaves the bytes where they are, and returns 0. Default: false. */
  readonly peeks?: boolean;
}

/** One connected socket. */
export class LoopSocket implements AcceptedSocket, Watched {
  readonly #loop: KernelLoop;
  readonly #options: LoopSocketOptions;
  readonly #reader: Waiter<number | null>;
  readonly #writer: Waiter<number>;
  /** For which events it is watched. */
  #watched = NOTHING;
  /** The round of the loop in which it was read. */
  #readIn = 0;
  #closed = false;

  /**
   * Takes a socket.
   *
   * @param fd its descriptor, from now on this stream's own.
   */
  constructor(readonly fd: number, loop: KernelLoop, options: LoopSocketOptions = {}) {
    this.#loop = loop;
    this.#options = options;
    this.#reader = new Waiter(loop);
    this.#writer = new Waiter(loop);
  }

  /** See `ByteStream`. Fails once the socket is closed or reset. */
  read(buffer: Uint8Array): Promise<number | null> {
    if (this.#closed) return Promise.reject(isClosed());
    this.#watch(this.#watched | EPOLLIN);
    const coming = this.#reader.wait(buffer);
    this.#loop.readAgain(this.#readIn);
    return coming;
  }

  /** See `ByteStream`. */
  write(bytes: Uint8Array): Promise<number> {
    if (this.#closed) return Promise.reject(isClosed());
    try {
      const sent = sendNow(this.fd, bytes);
      if (sent !== undefined) return Promise.resolve(sent);
    } catch (error) {
      return Promise.reject(error);
    }
    this.#watch(this.#watched | EPOLLOUT);
    return this.#writer.wait(bytes);
  }

  /** See `ByteStream`. */
  closeWrite(): Promise<void> {
    if (!this.#closed) shutDownWriting(this.fd);
    return Promise.resolve();
  }

  /** See `ByteStream`. May be called more than once. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#watch(NOTHING);
    this.#options.onClose?.();
    closeDescriptor(this.fd);
    this.#reader.fail(isClosed());
    this.#writer.fail(isClosed());
  }

  /** The client's address. */
  get remoteAddr(): Deno.NetAddr {
    return peerAddress(this.fd);
  }

  /** Gives the descriptor away: from now on this stream is not to be used, and closes nothing. */
  release(): number {
    this.#closed = true;
    return this.fd;
  }

  /** A duplicate of the descriptor, for another thread; -1: there is none left. */
  duplicate(): number {
    return duplicateDescriptor(this.fd);
  }

  /** See `Watched`. */
  onReady(events: number): void {
    const { onHeard, peeks } = this.#options;
    onHeard?.();
    if ((events & (EPOLLIN | BROKEN)) !== 0) {
      const isRead = this.#reader.attempt(peeks ? peekNow : receiveNow, this.fd);
      // Nobody wants what it tells of; or another thread will read it.
      if (isRead && !peeks && (events & BROKEN) === 0) this.#readIn = this.#loop.wasRead();
      if (isRead ? peeks : !this.#reader.isThere) this.#watch(this.#watched & ~EPOLLIN);
    }
    if ((events & (EPOLLOUT | BROKEN)) !== 0 && this.#writer.attempt(sendNow, this.fd)) {
      this.#watch(this.#watched & ~EPOLLOUT);
    }
  }

  #watch(events: number): void {
    if (events === this.#watched) return;
    // Of a broken socket it would tell even if it is asked for nothing.
    if (events === NOTHING) this.#loop.forget(this.fd);
    else if (this.#watched === NOTHING) this.#loop.watch(this.fd, this, events);
    else this.#loop.change(this.fd, events);
    this.#watched = events;
  }
}
