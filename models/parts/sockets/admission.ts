/**
 * Who of those that were accepted may stay: as many as the server's cap, in the order in which they
 * came. The others are told so at once, and not when those before them have been taken.
 *
 * Invariant: a connection is counted from here on, until whoever took it says that it is closed.
 */
import { type AcceptedSocket, describe, sendWithoutDelay } from "./accepted_socket.ts";
import type { ByteStream } from "./byte_stream.ts";
import { RefusedConnections } from "./refused_connections.ts";
import type { ServerContext } from "../server_context.ts";

/** An accepted socket, connfd in C: counted, numbered, and not served yet. */
export interface Accepted<T extends ByteStream> {
  /** The connection's number in this server, from 1. */
  readonly id: number;
  /** The socket; whoever takes it has to close it. */
  readonly socket: T;
  /** To be called when it is closed. Default: this thread counts the connection as closed. */
  readonly onClosed?: () => void;
}

/** The connections of one server that came and were not taken yet, and those that were refused. */
export class Admission<T extends AcceptedSocket> {
  readonly #waiting: Accepted<T>[] = [];
  readonly #refused: RefusedConnections;
  #nextId = 1;

  /**
   * Nobody has come yet.
   *
   * @param most so many may be open at once.
   * @param mostRefused so many of the others are kept open at once, until they have read why.
   */
  constructor(readonly context: ServerContext, readonly most: number, mostRefused: number) {
    this.#refused = new RefusedConnections(context, mostRefused);
  }

  /** How many have a descriptor each, or more. */
  get open(): number {
    return this.context.state.counters.connected_clients + this.#refused.size;
  }

  /** Whether somebody waits to be taken. */
  get isWaitedFor(): boolean {
    return this.#waiting.length > 0;
  }

  /** Counts a connection, or refuses it. */
  admit(socket: T): void {
    sendWithoutDelay(socket);
    const id = this.#nextId++;
    const { state, trace } = this.context;
    trace?.("accept", id, `from ${describe(socket.remoteAddr)}`);
    if (state.counters.connected_clients >= this.most) return this.#refused.refuse(id, socket);
    state.connectionOpened();
    this.#waiting.push({ id, socket });
  }

  /** Gives away the one that came first; undefined: nobody waits. */
  take(): Accepted<T> | undefined {
    return this.#waiting.shift();
  }

  /** Closes those that nobody will take any more. */
  closeWaiting(): void {
    for (const { socket } of this.#waiting.splice(0)) {
      socket.close();
      this.context.state.connectionClosed();
    }
  }

  /** Closes those too that are still to read why they were refused. */
  closeAll(): void {
    this.closeWaiting();
    this.#refused.closeNow();
  }
}
