/**
 * What the broken servers share, so that each of them shows its mistake and little else. None of them
 * can be shut down: the grader ends their process.
 */
import {
  type Accepted,
  type AcceptedSocket,
  Acceptor,
  openConnection,
} from "../../models/parts/accept.ts";
import type { ByteStream } from "../../models/parts/byte_stream.ts";
import type { Connection } from "../../models/parts/connection.ts";
import { type HandoverSocket, listenForHandover } from "../../models/parts/handover.ts";
import type { HandoverWay, ServeOptions } from "../../models/parts/options.ts";
import type { Request } from "../../models/parts/protocol.ts";
import { type Ready, Selector } from "../../models/parts/selector.ts";
import { ServerContext } from "../../models/parts/server_context.ts";
import { startThread, type Thread } from "../../models/parts/thread.ts";
import { type Done, WorkerPool } from "../../models/parts/worker_pool.ts";

/** The files of models 2 and 4 are the programs of their threads as well. */
const CONNECTION_THREAD: string =
  new URL("../../models/2_thread_per_connection.ts", import.meta.url).href;
export const POOL_WORKER: string = new URL("../../models/4_worker_pool.ts", import.meta.url).href;

const MANY = 1000;

/** What `serve()` returns here. */
export interface Running {
  /** Never settles. */
  readonly finished: Promise<void>;
}

/** Listens, and makes the main thread's context. */
export function listen(options: ServeOptions) {
  const { hostname = "127.0.0.1", port = 0 } = options;
  const context = ServerContext.forMain("broken", {}, options);
  const acceptor = new Acceptor(Deno.listen({ hostname, port }), MANY, context);
  return { acceptor, context };
}

/** Accepts one connection after the other, and lets `take` have each; waits for what it returns. */
export async function acceptEach(
  { acceptor, context }: ReturnType<typeof listen>,
  take: (connection: Connection) => Promise<void> | void,
): Promise<void> {
  for (;;) {
    const accepted = await acceptor.accept();
    if (accepted === undefined) return;
    await take(openConnection(accepted, context));
  }
}

/** Serves one connection from its first byte to its close, as model 1 does. */
export async function serveWhole(connection: Connection, context: ServerContext): Promise<void> {
  while (await connection.read()) {
    for (const request of connection.requests()) {
      connection.reply(context.business.run(request, connection.id));
    }
    await connection.write();
  }
  await connection.close();
}

/** Listens for connections that can be handed over to a thread. */
export function listenForThreads(options: ServeOptions, way: HandoverWay = "auto") {
  const { hostname = "127.0.0.1", port = 0 } = options;
  const context = ServerContext.forMain("broken", {}, options);
  const acceptor = new Acceptor(listenForHandover({ hostname, port }, way), MANY, context);
  return { acceptor, context };
}

/** The same as `acceptEach`, for connections that are handed over to a thread. */
export async function acceptForThreads(
  { acceptor, context }: ReturnType<typeof listenForThreads>,
  take: (
    accepted: Accepted<HandoverSocket>,
    context: ServerContext,
  ) => Promise<void> | void,
): Promise<void> {
  for (;;) {
    const accepted = await acceptor.accept();
    if (accepted === undefined) return;
    await take(accepted, context);
  }
}

/** Starts a thread for one connection, as model 2 does; `more` goes into what it is told. */
export function threadFor(
  { id, socket }: Accepted<HandoverSocket>,
  context: ServerContext,
  module = CONNECTION_THREAD,
  more: Record<string, unknown> = {},
  moreTransfer: Transferable[] = [],
): Thread {
  const { message, transfer, reclaim } = socket.handOver();
  const init = { id, message, ...more };
  const thread = startThread(module, `thread-${id}`, context, init, [...transfer, ...moreTransfer]);
  thread.exited.then(reclaim);
  return thread;
}

/** The accepted socket, with some of its calls done in another way. */
export function withSocket<T extends AcceptedSocket>(
  { id, socket }: Accepted<T>,
  otherwise: (socket: T) => Partial<ByteStream>,
): Accepted<AcceptedSocket> {
  return {
    id,
    socket: {
      remoteAddr: socket.remoteAddr,
      read: (buffer) => socket.read(buffer),
      write: (bytes) => socket.write(bytes),
      closeWrite: () => socket.closeWrite(),
      close: () => socket.close(),
      ...otherwise(socket),
    },
  };
}

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

  /**
   * Runs for ever.
   *
   * @param turn what to wait for before each turn, instead of for something to be ready.
   */
  async run(turn?: () => Promise<void>): Promise<void> {
    this.selector.watchListener(this.#acceptor);
    const found: Ready<Deno.Conn, M>[] = [];
    if (turn !== undefined) this.#collect(found);
    for (;;) {
      if (turn === undefined) found.push(...await this.selector.wait());
      else await turn();
      for (const ready of found.splice(0)) await this.#handle(ready);
    }
  }

  async #collect(found: Ready<Deno.Conn, M>[]): Promise<void> {
    for (;;) found.push(...await this.selector.wait());
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
