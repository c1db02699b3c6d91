/**
 * All clients, and which of them an event is about. A client's own events carry its number, the
 * server's the number of its connection; the client's port, which both tell once, joins the two.
 */
import { ClientLane } from "./client_lane.ts";
import type { ClientEvent, ServerEvent } from "./events.ts";
import type { ThreadLane } from "./thread_lane.ts";

/** Finds clients by what the events say. */
export class ClientIndex {
  /** In the order in which they were heard of. */
  readonly all: ClientLane[] = [];
  readonly #byNumber = new Map<number, ClientLane>();
  /** For each process that counts for itself; all other threads count together. */
  readonly #byConnection = new Map<string, Map<number, ClientLane>>();
  /** Those of which one side has told the port so far. */
  readonly #halves = new Map<number, ClientLane>();

  /** The client behind a connection's number, which each process counts for itself. */
  served(event: ServerEvent, thread: ThreadLane): ClientLane {
    const scope = thread.isProcess ? `${thread.name}/${thread.starts}` : "";
    let counted = this.#byConnection.get(scope);
    if (counted === undefined) this.#byConnection.set(scope, counted = new Map());
    const known = counted.get(event.connection);
    if (known !== undefined) return known;
    const port = event.event === "accept" ? Number(/:(\d+)$/.exec(event.detail)?.[1] ?? 0) : 0;
    const client = this.#otherHalf(port) ?? this.#create();
    [client.connection, client.port] = [event.connection, port];
    if (client.number === 0 && port !== 0) this.#halves.set(port, client);
    counted.set(event.connection, client);
    return client;
  }

  /** The client that did something itself. */
  acting(event: ClientEvent): ClientLane {
    let client = this.#byNumber.get(event.client);
    if (client === undefined) {
      client = this.#create();
      client.number = event.client;
      this.#byNumber.set(event.client, client);
    }
    const { event: action, port = 0 } = event;
    return action === "connected" && port !== 0 ? this.#connected(client, port) : client;
  }

  /** Forgets clients. */
  remove(over: ReadonlySet<ClientLane>): void {
    this.all.splice(0, Infinity, ...this.all.filter((client) => !over.has(client)));
    for (const [scope, counted] of this.#byConnection) {
      for (const [connection, client] of counted) {
        if (over.has(client)) counted.delete(connection);
      }
      if (counted.size === 0) this.#byConnection.delete(scope);
    }
    for (const { number, port } of over) {
      this.#byNumber.delete(number);
      const half = this.#halves.get(port);
      if (half !== undefined && over.has(half)) this.#halves.delete(port);
    }
  }

  #create(): ClientLane {
    const client = new ClientLane();
    this.all.push(client);
    return client;
  }

  /** Joins the client with what the server told about its port, if the server was first to tell. */
  #connected(client: ClientLane, port: number): ClientLane {
    const half = this.#otherHalf(port);
    if (half === undefined) {
      this.#halves.set(port, client);
      return client;
    }
    this.all.splice(this.all.indexOf(client), 1);
    [half.number, half.connectUs, half.label] = [client.number, client.connectUs, client.label];
    this.#byNumber.set(half.number, half);
    return half;
  }

  #otherHalf(port: number): ClientLane | undefined {
    const half = this.#halves.get(port);
    this.#halves.delete(port);
    return half;
  }
}
