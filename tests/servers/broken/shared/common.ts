/**
 * What the broken servers share, so that each of them shows its mistake and little else. None of them
 * can be shut down: the grader ends their process.
 */
import { type Accepted, Acceptor, openConnection } from "../../../../models/parts/accept.ts";
import type { ByteStream } from "../../../../models/parts/sockets/byte_stream.ts";
import type { Connection } from "../../../../models/parts/connection.ts";
import { type HandoverSocket, listenForHandover } from "../../../../models/parts/handover.ts";
import type { HandoverWay, ServeOptions } from "../../../../models/parts/options.ts";
import { ServerContext } from "../../../../models/parts/server_context.ts";
import { startThread, type Thread } from "../../../../models/parts/thread.ts";

/** The file of model 2 is the program of its threads as well. */
const CONNECTION_THREAD =
  new URL("../../../../models/2_thread_per_connection.ts", import.meta.url).href;

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
  const options = { transfer: [...transfer, ...moreTransfer] };
  const thread = startThread(module, `thread-${id}`, context, init, options);
  thread.exited.then(reclaim);
  return thread;
}

/** The accepted socket, with some of its calls done in another way. */
export function withSocket(
  { id, socket }: Accepted<ByteStream>,
  otherwise: (socket: ByteStream) => Partial<ByteStream>,
): Accepted<ByteStream> {
  return {
    id,
    socket: {
      read: (buffer) => socket.read(buffer),
      write: (bytes) => socket.write(bytes),
      closeWrite: () => socket.closeWrite(),
      close: () => socket.close(),
      ...otherwise(socket),
    },
  };
}
