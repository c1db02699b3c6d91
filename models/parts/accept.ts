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

const TOO_MANY = errorReply("ERR max number of clients reached");

/** A socket as a listener hands it out. `Deno.Conn` is one. */
export interface AcceptedSocket extends ByteStream {
  readonly remoteAddr: Deno.Addr;
}

/** What `accept()` needs of a listening socket. `Deno.Listener` is one. */
export interface ListeningSocket<T extends AcceptedSocket> {
  readonly addr: Deno.Addr;
  accept(): Promise<T>;
  close(): void;
}

/** An accepted socket, connfd in C: counted, numbered, and not served yet. */
export interface Accepted<T extends AcceptedSocket> {
  readonly id: number;
  readonly socket: T;
}

/** Accepts for one server, and keeps to its cap of connections. */
export class Acceptor<T extends AcceptedSocket> {
  readonly addr: Deno.NetAddr;
  readonly #refusing = new Set<Connection>();
  #nextId = 1;
  #closed = false;

  /** @param maxConnections one connection more is told so and closed. */
  constructor(
    readonly listener: ListeningSocket<T>,
    readonly maxConnections: number,
    readonly context: ServerContext,
  ) {
    this.addr = listener.addr as Deno.NetAddr;
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
    connection.reply(TOO_MANY);
    connection.close();
  }
}

/** The connection of an accepted socket, for the thread that accepted it. Closed, it is uncounted. */
export function openConnection(
  { id, socket }: Accepted<AcceptedSocket>,
  context: ServerContext,
): Connection {
  const onClosed = () => context.state.connectionClosed();
  return new Connection(socket, { ...context.connectionOptions(id), onClosed });
}

function describe(addr: Deno.Addr): string {
  return "port" in addr ? `${(addr as Deno.NetAddr).hostname}:${addr.port}` : addr.transport;
}
