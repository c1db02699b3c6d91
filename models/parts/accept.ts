/**
 * Takes connections out of the accept queue, and survives what `for await (const conn of listener)`
 * does not: a client that connects and resets at once makes Deno's `accept()` throw, and so does want
 * of descriptors; either would end the loop and with it the server.
 */
import type { ByteStream } from "./sockets/byte_stream.ts";
import { Connection } from "./connection.ts";
import { startStopWaker } from "./kernel/stop_waker.ts";
import type { AcceptedSocket } from "./sockets/accepted_socket.ts";
import { type Accepted, Admission } from "./sockets/admission.ts";
import { Turns } from "./sockets/turns.ts";
import { pause } from "./timers.ts";
import {
  connectionsThatFit,
  type DescriptorCost,
  floorDescriptors,
} from "./sockets/descriptors.ts";
import type { ListeningSocket } from "./sockets/listening_socket.ts";
import type { ServerContext } from "./server_context.ts";

export type { Accepted, AcceptedSocket, ListeningSocket };

/** Refused connections of one burst that are told so, at least, also where descriptors are few. */
const TOLD_AT_ONCE = 8;
// Deno 2.9.6: `accept()` throws for a client that has reset already, and for want of descriptors.
/** How long to wait when the process is out of descriptors (EMFILE); then one may be free again. */
const RETRY_MS = 50;
/** Where an event loop's connections come from: a listening socket, or another thread. */
export interface ConnectionSource {
  /** Waits for the next connection; undefined when there will be none. */
  accept(): Promise<Accepted<ByteStream> | undefined>;
}

/** Accepts for one server, and keeps to its cap of connections. */
export class Acceptor<T extends AcceptedSocket> {
  /** The address that the server listens on. */
  readonly addr: Deno.NetAddr;
  /** Connections at once. */
  readonly maxConnections: number;
  readonly #admission: Admission<T>;
  readonly #turns = new Turns();
  #closed = false;

  /**
   * Takes over a socket that listens already, and tells that it does.
   *
   * @param maxConnections one more is told so and closed. Less where descriptors are few; that is said.
   * @param cost of a connection, and of what this server is still to start.
   * @throws Error when there are too few for a single one; then the socket is closed.
   */
  constructor(
    readonly listener: ListeningSocket<T>,
    maxConnections: number,
    readonly context: ServerContext,
    cost: DescriptorCost = {},
  ) {
    this.addr = listener.addr as Deno.NetAddr;
    try {
      const besides = floorDescriptors(context.shared.io) + (cost.besides ?? 0);
      const whole = { ...cost, besides, atOnce: listener.atOnce };
      const { served, refused, few } = connectionsThatFit(maxConnections, whole);
      this.maxConnections = served;
      const admission = new Admission<T>(context, served, refused);
      this.#admission = admission;
      const room = () => Math.max(served + refused - admission.open, TOLD_AT_ONCE);
      if (few) listener.descriptorsAreFew?.(room);
      // Not before: while descriptors are counted, no other thread gets one.
      if (context.kernel !== undefined) startStopWaker(context.kernel.shared);
    } catch (error) {
      listener.close();
      throw error;
    }
    context.onListen?.(this.addr);
    context.trace?.("listen", 0, `${this.addr.hostname}:${this.addr.port}`);
  }

  /**
   * Waits for a connection, as long as it takes. Call `context.state.connectionClosed()` when the
   * connection ends: then its place is free again.
   *
   * @returns the next connection, or undefined once the listening socket is closed or the stop cell is
   *   set.
   */
  async accept(): Promise<Accepted<T> | undefined> {
    while (!this.#closed) {
      if (this.#admission.isWaitedFor) await this.#turns.some(() => this.#admitOthers());
      else this.#admit(await this.#acceptOne());
      this.#admitOthers();
      // This thread may not have been told yet.
      if (this.context.state.stopping) break;
      const next = this.#admission.take();
      if (next !== undefined) return next;
    }
    this.#admission.closeWaiting();
    return undefined;
  }

  /** Stops listening. Connections that wait in the accept queue are reset by the kernel. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.listener.close();
    this.#admission.closeAll();
  }

  #admit(socket: T | undefined): void {
    // Closed in the moment between the kernel's answer and ours; or the server is to stop.
    if (this.#closed || this.context.state.stopping) socket?.close();
    else if (socket !== undefined) this.#admission.admit(socket);
  }

  #admitOthers(): void {
    for (const other of this.listener.others?.() ?? []) this.#admit(other);
  }

  async #acceptOne(): Promise<T | undefined> {
    try {
      return await this.listener.accept();
    } catch (error) {
      const closed = error instanceof Deno.errors.BadResource ||
        error instanceof Deno.errors.Interrupted;
      if (closed) this.#closed = true;
      // NotConnected: that client is gone already. Anything else is this machine's trouble.
      else if (!(error instanceof Deno.errors.NotConnected)) {
        await pause(RETRY_MS);
      }
    }
  }
}

/** The connection of an accepted socket, for the thread that accepted it. Closed, it is uncounted. */
export function openConnection(
  { id, socket, onClosed = () => context.state.connectionClosed() }: Accepted<ByteStream>,
  context: ServerContext,
): Connection {
  const connection = new Connection(socket, { ...context.connectionOptions(id), onClosed });
  // Accepted while the server was told to stop: nobody else would tell this one.
  if (context.state.stopping) connection.finish();
  return connection;
}
