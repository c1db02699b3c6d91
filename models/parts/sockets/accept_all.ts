/**
 * Accepting from a server of Node's `net`, which takes all connections that wait, in one go, before
 * it tells of the first. So a burst may take all descriptors, whatever the cap of connections.
 *
 * Where that can be, those beyond the room are closed at once. The rest is handed out when all were
 * looked at: before that there might be no descriptor for a thread, or a thread for each be started
 * before it is seen that they are too many.
 */
import type net from "node:net";
import type { AcceptedSocket } from "./accepted_socket.ts";
import { freeDescriptors } from "./descriptors.ts";
import type { ListeningSocket } from "./listening_socket.ts";
import { BACKLOG, netAddress, newServer, type NodeServer, notListening } from "./node_listener.ts";

// Deno 2.9.6: a server of `net` for which `accept` failed, for want of descriptors, accepts never again
// and says nothing. Whether it is deaf cannot be asked. So when descriptors are few, or one was missing,
// it is replaced a moment later by another on the same socket. Who waits in the accept queue stays there.
/** From what may have made the server deaf until it is replaced. */
const REPLACE_MS = 100;
/** With fewer left, the next one may soon be deaf as well: it is replaced again. */
const ENOUGH = 16;

/**
 * Accepts from a server that listens. Has to be called in the turn in which it began to.
 *
 * @param take makes of a new socket what `accept()` gives; undefined: there was no descriptor left,
 *   and the client is let go.
 */
export function acceptFrom<T extends AcceptedSocket>(
  server: NodeServer,
  take: (socket: net.Socket) => T | undefined,
): ListeningSocket<T> {
  return new AllAtOnce(server, take);
}

class AllAtOnce<T extends AcceptedSocket> implements ListeningSocket<T> {
  readonly addr: Deno.NetAddr;
  readonly atOnce = BACKLOG;
  readonly #take: (socket: net.Socket) => T | undefined;
  readonly #arrived: T[] = [];
  #waiting: PromiseWithResolvers<T> | undefined;
  #server: NodeServer;
  /** Of few descriptors: how many connections there is room for. */
  #room: (() => number) | undefined;
  #handingOut: ReturnType<typeof setImmediate> | undefined;
  #replacing: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(server: NodeServer, take: (socket: net.Socket) => T | undefined) {
    this.addr = netAddress(server);
    this.#take = take;
    this.#server = this.#heard(server);
  }

  accept(): Promise<T> {
    const next = this.#arrived.shift();
    if (next !== undefined) return Promise.resolve(next);
    if (this.#closed) return Promise.reject(notListening());
    this.#waiting = Promise.withResolvers();
    return this.#waiting.promise;
  }

  others(): T[] {
    return this.#arrived.splice(0);
  }

  descriptorsAreFew(room: () => number): void {
    this.#room = room;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#replacing);
    clearImmediate(this.#handingOut);
    this.#server.close();
    for (const socket of this.#arrived.splice(0)) socket.close();
    this.#waiting?.reject(notListening());
  }

  #heard(server: NodeServer): NodeServer {
    return server.on("connection", (socket) => this.#arrive(socket));
  }

  #arrive(socket: net.Socket): void {
    const isRoom = this.#room === undefined || this.#arrived.length < this.#room();
    const accepted = isRoom && !this.#closed ? this.#take(socket) : undefined;
    if (this.#room !== undefined || accepted === undefined) this.#replaceSoon();
    // Nobody would take it any more, or the process is out of descriptors.
    if (accepted === undefined) return void socket.destroy();
    this.#arrived.push(accepted);
    this.#handingOut ??= setImmediate(() => this.#handOut());
  }

  #handOut(): void {
    this.#handingOut = undefined;
    if (this.#waiting === undefined) return;
    const next = this.#arrived.shift();
    if (next !== undefined) this.#waiting.resolve(next);
    this.#waiting = undefined;
  }

  #replaceSoon(): void {
    if (this.#closed) return;
    this.#replacing ??= setTimeout(() => {
      this.#replacing = undefined;
      const few = freeDescriptors(ENOUGH) < ENOUGH;
      if (!this.#replace() || few) this.#replaceSoon();
    }, REPLACE_MS);
  }

  /** @returns whether there was a descriptor for it. */
  #replace(): boolean {
    const fd = this.#server._handle?.fdForIpc?.() ?? -1;
    if (fd < 0) return false;
    const next = newServer().listen({ fd });
    if (next.address() === null) return false;
    this.#server.close();
    this.#server = this.#heard(next);
    return true;
  }
}
