/** An event loop for broken servers: model 3's or 4's, but for the handlers that a server replaces. */
import { type Accepted, Acceptor, openConnection } from "../../models/parts/accept.ts";
import type { Connection } from "../../models/parts/connection.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import type { Request } from "../../models/parts/protocol.ts";
import { type Ready, Selector } from "../../models/parts/selector.ts";
import type { ServerContext } from "../../models/parts/server_context.ts";
import { type Done, WorkerPool } from "../../models/parts/worker_pool.ts";
import { listen } from "./parts.ts";

/** The file of model 4 is the program of its workers as well. */
export const POOL_WORKER: string = new URL("../../models/4_worker_pool.ts", import.meta.url).href;

/** What an event loop does about each kind of event. */
export interface Handlers<M> {
  /** Makes a connection of an accepted socket. */
  accepted(accepted: Accepted<Deno.Conn>): Connection;
  accept(connection: Connection): Promise<void> | void;
  readable(connection: Connection): Promise<void> | void;
  written(connection: Connection): Promise<void> | void;
  message(message: M): Promise<void> | void;
}

/** An event loop: model 3's, unless handlers say otherwise. */
export class Loop<M = never> {
  readonly selector = new Selector<Deno.Conn, M>();
  readonly context: ServerContext;
  readonly #acceptor: Acceptor<Deno.Conn>;
  readonly #handlers: Handlers<M>;

  /** @param handlers made from the loop; what they lack, model 3 does. */
  constructor(options: ServeOptions, handlers: (loop: Loop<M>) => Partial<Handlers<M>>) {
    const { acceptor, context } = listen(options);
    this.context = context;
    this.#acceptor = acceptor;
    this.#handlers = { ...this.#model3(), ...handlers(this) };
  }

  #model3(): Handlers<M> {
    return {
      accepted: (accepted) => openConnection(accepted, this.context),
      accept: (connection) => this.selector.watch(connection),
      readable: (connection) => {
        for (const request of connection.requests()) this.answer(connection, request);
        this.selector.write(connection);
      },
      written: (connection) => this.readOrClose(connection),
      message: () => {},
    };
  }

  /** Does the business of one request on the loop's thread. */
  answer(connection: Connection, request: Request): void {
    connection.reply(this.context.business.run(request, connection.id));
  }

  /** Waits for the connection's next bytes, or closes it when there will be none. */
  readOrClose(connection: Connection): void {
    if (connection.ended) this.selector.close(connection);
    else this.selector.read(connection);
  }

  /** Runs for ever. */
  async run(): Promise<void> {
    this.selector.watchListener(this.#acceptor);
    for (;;) for (const ready of await this.selector.wait()) await this.#handle(ready);
  }

  #handle(ready: Ready<Deno.Conn, M>): Promise<void> | void {
    if (ready.kind === "message") return this.#handlers.message(ready.message);
    if (ready.kind !== "accept") return this.#handlers[ready.kind](ready.connection);
    return this.#handlers.accept(this.#handlers.accepted(ready.accepted));
  }
}

/** Something that takes a request, and posts its reply to the loop later. */
export type Submits = Pick<WorkerPool<Connection>, "submit">;

/** Starts so many workers, whose replies are posted to the loop; they run model 4's business. */
export function startPool(
  loop: Loop<Done<Connection>>,
  workers = 4,
  module = POOL_WORKER,
): WorkerPool<Connection> {
  return new WorkerPool(module, workers, loop.context, (done) => loop.selector.post(done));
}

/** Handlers that give each request to the pool, one of a connection at a time, as model 4 does. */
export function poolHandlers(
  loop: Loop<Done<Connection>>,
  pool: Submits,
): Omit<Handlers<Done<Connection>>, "accept" | "accepted"> {
  const next = (connection: Connection) => {
    const request = connection.nextRequest();
    if (request !== undefined) pool.submit(connection, request);
    else loop.readOrClose(connection);
  };
  return {
    readable: next,
    written: next,
    message: ({ connection, reply }) => {
      connection.reply(reply);
      loop.selector.write(connection);
    },
  };
}
