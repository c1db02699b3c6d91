/**
 * A listening socket on a thread that blocks in `accept4`. Nothing else happens on that thread
 * meanwhile; another thread's `shutdown` of the socket ends it, when the server stops.
 */
import type { AcceptedSocket, ListeningSocket } from "../accept.ts";
import { ownAddress } from "./address.ts";
import { EPOLLIN } from "./epoll.ts";
import type { KernelThread } from "./kernel_thread.ts";
import { acceptOne, notListening } from "./listen_calls.ts";
import { closeDescriptor } from "./socket_calls.ts";
import { LISTENER } from "./stop_list.ts";

/** A listening socket for which the thread blocks. */
export class BlockingListener<T extends AcceptedSocket> implements ListeningSocket<T> {
  /** The address that it listens on. */
  readonly addr: Deno.NetAddr;
  readonly #place: number;
  #closed = false;
  /** While the loop watches. */
  #endWait: (() => void) | undefined;

  /**
   * Takes a socket that listens and blocks.
   *
   * @param open makes of an accepted descriptor what `accept()` gives.
   */
  constructor(
    readonly fd: number,
    readonly thread: KernelThread,
    readonly open: (fd: number) => T,
  ) {
    this.addr = ownAddress(fd);
    this.#place = thread.stopList.add(LISTENER, fd);
  }

  /**
   * Blocks the thread until a connection comes. Before, it lets Deno's loop have a turn: for whoever
   * called `serve()`, and for threads that have ended.
   */
  async accept(): Promise<T> {
    // Clients that were refused are still to read why: that needs this thread too. Its loop gives the
    // turn then; it is to watch this socket whenever it blocks, or it would sleep until they have left.
    if (this.thread.loopIsBusy) await this.#untilReady();
    else await new Promise((resolve) => setImmediate(resolve));
    if (this.#closed) throw notListening();
    try {
      return this.open(acceptOne(this.fd)!);
    } catch (error) {
      // Shut down: nobody else will close it.
      if (error instanceof Deno.errors.BadResource) this.close();
      throw error;
    }
  }

  #untilReady(): Promise<void> {
    const { loop } = this.thread;
    return new Promise((resolve) => {
      const onReady = () => {
        this.#endWait = undefined;
        loop.forget(this.fd);
        loop.release();
        resolve();
      };
      this.#endWait = onReady;
      loop.hold();
      loop.watch(this.fd, { onReady }, EPOLLIN);
    });
  }

  /** Stops listening. To be called by the thread that accepts, which is not blocked then. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#endWait?.();
    this.thread.stopList.remove(this.#place);
    closeDescriptor(this.fd);
  }
}
