/**
 * One wait for many sockets: what `select`, `poll`, `epoll_wait` or `kqueue` is to a server in C.
 *
 * Deno's own loop (tokio, over epoll) tells when a read is done, not when a socket is readable. So
 * the selector keeps one read under way on each watched connection, and collects what is done in a
 * list; `wait()` hands the list out. A connection stands in the list at most once for reading, and
 * is not read again before `read()` is called for it.
 */
import type { Accepted, ConnectionSource } from "./accept.ts";
import type { ByteStream } from "./sockets/byte_stream.ts";
import type { Connection } from "./connection.ts";
import { SHUTDOWN_GRACE_MS } from "./options.ts";

/** What `wait()` reports. */
export type Ready<M> =
  /** A connection was accepted. */
  | { readonly kind: "accept"; readonly accepted: Accepted<ByteStream> }
  /** Bytes came, or the client's end. */
  | { readonly kind: "readable"; readonly connection: Connection }
  /** All that was to be written is written. */
  | { readonly kind: "written"; readonly connection: Connection }
  /** Another thread, or another part of the program, has something to say. */
  | { readonly kind: "message"; readonly message: M };

/** The wait of one event loop. `M` is the type of its messages. */
export class Selector<M = never> {
  readonly #connections = new Set<Connection>();
  /** Listening sockets that are watched: each may still bring a connection. */
  #listeners = 0;
  #stopping = false;
  #ready: Ready<M>[] = [];
  #wake: ((ready: Ready<M>[]) => void) | undefined;

  /** False once the selector was stopped and everything that was watched is closed. */
  get open(): boolean {
    return !this.#stopping || this.#connections.size > 0 || this.#ready.length > 0 ||
      this.#listeners > 0;
  }

  /** Blocks, without using the CPU, until something is ready or the selector no longer open. */
  wait(): Promise<Ready<M>[]> {
    return new Promise((resolve) => {
      if (this.#ready.length > 0 || !this.open) resolve(this.#takeReady());
      else this.#wake = resolve;
    });
  }

  /** Watches a listening socket, or what stands for one, until it is closed. */
  async watchListener(source: ConnectionSource): Promise<void> {
    this.#listeners++;
    for (;;) {
      const accepted = await source.accept();
      if (accepted === undefined) break;
      this.#push({ kind: "accept", accepted });
    }
    this.#listeners--;
    if (!this.open) this.#wakeUp();
  }

  /** Watches a new connection for its first bytes. */
  watch(connection: Connection): void {
    this.#connections.add(connection);
    this.read(connection);
  }

  /** Waits for the connection's next bytes; "readable" tells. */
  read(connection: Connection): void {
    connection.read().then(() => this.#push({ kind: "readable", connection }));
  }

  /** Writes the replies that are queued; "written" tells. */
  write(connection: Connection): void {
    connection.write().then(() => this.#push({ kind: "written", connection }));
  }

  /** Watches the connection no longer, and closes it once its replies are written. */
  close(connection: Connection): void {
    connection.close().then(() => {
      this.#connections.delete(connection);
      if (!this.open) this.#wakeUp();
    });
  }

  /**
   * Lets every connection finish what it has in hand, for `graceMs` at most, then closes it. The
   * listening sockets that are watched must be closed before.
   */
  stop(graceMs = SHUTDOWN_GRACE_MS): void {
    this.#stopping = true;
    for (const connection of this.#connections) connection.finish(graceMs);
    this.#wakeUp();
  }

  /** Puts a message into the list, as if a socket had become ready. */
  post(message: M): void {
    this.#push({ kind: "message", message });
  }

  #push(ready: Ready<M>): void {
    this.#ready.push(ready);
    if (this.#wake !== undefined) this.#wakeUp();
  }

  /** The waiter runs after everything else that became ready in this turn of Deno's loop. */
  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    if (wake !== undefined) queueMicrotask(() => wake(this.#takeReady()));
  }

  #takeReady(): Ready<M>[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}
