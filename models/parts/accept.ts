/**
 * Takes connections out of the accept queue, and survives what `for await (const conn of listener)`
 * does not: in Deno a client that connects and resets at once makes `accept()` throw, and so does
 * running out of descriptors; either would end the loop and with it the server.
 */
import type { ByteStream } from "./byte_stream.ts";
import { Connection } from "./connection.ts";
import { errorReply } from "./protocol.ts";
import type { ServerContext } from "./server_context.ts";

/** How long to wait when the process is out of descriptors (EMFILE); then one may be free again. */
const RETRY_MS = 50;

/** Refused connections that are open at once. */
const MAX_REFUSING = 100;
const TOO_MANY = errorReply("ERR max number of clients reached");

/** A socket as a listener hands it out. `Deno.Conn` is one. */
export interface AcceptedSocket extends ByteStream {
  /** The client's address. */
  readonly remoteAddr: Deno.Addr;
  /** TCP_NODELAY: a small reply is sent though the one before is not acknowledged yet. */
  setNoDelay?(noDelay?: boolean): void;
}

/** What `accept()` needs of a listening socket. `Deno.Listener` is one. */
export interface ListeningSocket<T extends AcceptedSocket> {
  /** The address that it listens on. */
  readonly addr: Deno.Addr;
  /** Waits for the next connection. Throws `BadResource` or `Interrupted` once closed. */
  accept(): Promise<T>;
  /** Stops listening; an `accept()` that waits fails. */
  close(): void;
}

/** An accepted socket, connfd in C: counted, numbered, and not served yet. */
export interface Accepted<T extends ByteStream> {
  /** The connection's number in this server, from 1. */
  readonly id: number;
  /** The socket; whoever takes it has to close it. */
  readonly socket: T;
  /** To be called when it is closed. Default: this thread counts the connection as closed. */
  readonly onClosed?: () => void;
}

/** Where an event loop's connections come from: a listening socket, or another thread. */
export interface ConnectionSource<T extends ByteStream> {
  /** Waits for the next connection; undefined when there will be none. */
  accept(): Promise<Accepted<T> | undefined>;
}

/** Accepts for one server, and keeps to its cap of connections. */
export class Acceptor<T extends AcceptedSocket> {
  /** The address that the server listens on. */
  readonly addr: Deno.NetAddr;
  readonly #refusing = new Set<Connection>();
  #nextId = 1;
  #closed = false;

  /**
   * Takes over a socket that listens already, and tells that it does.
   *
   * @param maxConnections one connection more is told so and closed.
   */
  constructor(
    readonly listener: ListeningSocket<T>,
    readonly maxConnections: number,
    readonly context: ServerContext,
  ) {
    this.addr = listener.addr as Deno.NetAddr;
    context.onListen?.(this.addr);
    context.trace?.("listen", 0, `${this.addr.hostname}:${this.addr.port}`);
  }

  /**
   * Waits for a connection, as long as it takes. Call `context.state.connectionClosed()` when the
   * connection ends: then its place is free again.
   *
   * @returns the next connection, or undefined once the listening socket is closed.
   */
  async accept(): Promise<Accepted<T> | undefined> {
    while (!this.#closed) {
      const socket = await this.#acceptOne();
      if (socket === undefined) continue;
      if (this.#closed) {
        // Closed in the moment between the kernel's answer and ours.
        socket.close();
        return undefined;
      }
      sendWithoutDelay(socket);
      const id = this.#nextId++;
      this.context.trace?.("accept", id, `from ${describe(socket.remoteAddr)}`);
      if (this.context.state.counters.connected_clients < this.maxConnections) {
        this.context.state.connectionOpened();
        return { id, socket };
      }
      this.#refuse(id, socket);
    }
    return undefined;
  }

  /** Stops listening. Connections that wait in the accept queue are reset by the kernel. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.listener.close();
    for (const connection of this.#refusing) connection.closeNow();
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
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  #refuse(id: number, socket: T): void {
    const options = { ...this.context.connectionOptions(id), onClosed: () => forget() };
    const connection = new Connection(socket, options);
    const forget = () => this.#refusing.delete(connection);
    this.#refusing.add(connection);
    // The refused are kept until they have read why; those of a flood are not.
    for (const oldest of this.#refusing) {
      if (this.#refusing.size <= MAX_REFUSING) break;
      oldest.closeNow();
    }
    connection.reply(TOO_MANY);
    connection.close();
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

/** Otherwise a client that sends ahead waits 40 ms for some replies: Nagle's and delayed ACKs. */
function sendWithoutDelay(socket: AcceptedSocket): void {
  try {
    socket.setNoDelay?.(true);
  } catch {
    // The client is gone already; reading will tell.
  }
}

function describe(addr: Deno.Addr): string {
  return "port" in addr ? `${(addr as Deno.NetAddr).hostname}:${addr.port}` : addr.transport;
}
