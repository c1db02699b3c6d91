/**
 * A listening socket on a thread that multiplexes: watched like any other. One connection is taken each
 * time that `epoll` says so; those behind it wait in the accept queue for whoever is free.
 */
import type { AcceptedSocket, ListeningSocket } from "../accept.ts";
import { ownAddress } from "./address.ts";
import { EPOLLIN } from "./epoll.ts";
import type { KernelLoop, Watched } from "./kernel_loop.ts";
import { acceptOne, notListening } from "./listen_calls.ts";
import { closeDescriptor } from "./socket_calls.ts";

/** A listening socket that a loop watches. */
export class LoopListener<T extends AcceptedSocket> implements ListeningSocket<T>, Watched {
  /** The address that it listens on. */
  readonly addr: Deno.NetAddr;
  #waiting: PromiseWithResolvers<T> | undefined;
  #watched = false;
  #closed = false;

  /**
   * Takes a socket that listens and does not block.
   *
   * @param open makes of an accepted descriptor what `accept()` gives.
   */
  constructor(readonly fd: number, readonly loop: KernelLoop, readonly open: (fd: number) => T) {
    this.addr = ownAddress(fd);
  }

  /** Waits for the next connection. Throws `BadResource` once closed. */
  accept(): Promise<T> {
    if (this.#closed) return Promise.reject(notListening());
    this.#waiting = Promise.withResolvers();
    this.loop.hold();
    if (!this.#watched) this.loop.watch(this.fd, this, EPOLLIN);
    this.#watched = true;
    return this.#waiting.promise;
  }

  /** See `Watched`. */
  onReady(): void {
    // Nobody waits for a connection: there is no descriptor left for one.
    if (this.#waiting === undefined) return this.#forget();
    try {
      const accepted = acceptOne(this.fd);
      if (accepted !== undefined) this.#settle()?.resolve(this.open(accepted));
    } catch (error) {
      this.#settle()?.reject(error);
    }
  }

  #settle(): PromiseWithResolvers<T> | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) this.loop.release();
    return waiting;
  }

  #forget(): void {
    if (this.#watched) this.loop.forget(this.fd);
    this.#watched = false;
  }

  /** Stops listening. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#forget();
    closeDescriptor(this.fd);
    this.#settle()?.reject(notListening());
  }
}
