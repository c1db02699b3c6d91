/**
 * Model 2: a new thread for each connection (单线程 Accept + 多线程读写业务，无 I/O 复用).
 *
 * The main thread only accepts; each connection gets a thread of its own, which reads, works and
 * writes, and ends with the connection. A thread may block: it holds up nobody but its own client.
 */
import { Acceptor } from "./parts/accept.ts";
import { Connection } from "./parts/connection.ts";
import { type HandoverMessage, listenForThreads, openHandedOver } from "./parts/handover.ts";
import type { ServeOptions, Server } from "./parts/options.ts";
import { serverHandle } from "./parts/server.ts";
import { ServerContext } from "./parts/server_context.ts";
import { startThread, threadMain } from "./parts/thread.ts";
import { ThreadGroup } from "./parts/thread_group.ts";

/** The cap of connections is the cap of threads: 100 threads take 1.1 to 1.3 GB. */
const DEFAULT_MAX_CONNECTIONS = 100;

/** Starts the server. Throws `RangeError` for bad options, and what `Deno.listen` throws. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = DEFAULT_MAX_CONNECTIONS } = options;
  const context = ServerContext.forMain("thread-per-connection", {}, options);
  const listener = listenForThreads({ hostname, port }, options.handover ?? "auto", context);
  const cost = { each: 1 + context.threadDescriptors };
  const acceptor = new Acceptor(listener, maxConnections, context, cost);
  const threads = new ThreadGroup();

  async function mainThread(): Promise<void> {
    for (;;) {
      // [1] Where accept blocks.
      const accepted = await acceptor.accept();
      if (accepted === undefined) return threads.allExited();

      // [2] Who takes the connection.
      const { id, socket } = accepted;
      const { message, transfer, reclaim } = socket.handOver();

      // [3] Who holds connfd.
      const init: ThreadInit = { id, message };
      const thread = startThread(import.meta.url, `thread-${id}`, context, init, { transfer });
      threads.add(thread, () => {
        if (reclaim()) context.state.connectionClosed();
      });

      // [5] What a new connect meets meanwhile.
      // The main thread is back at [1] at once, and the next client gets a thread of its own.
    }
  }

  return serverHandle(acceptor, mainThread(), () => threads.finish());
}

interface ThreadInit {
  readonly id: number;
  readonly message: HandoverMessage;
}

// The same file is the thread's program: a Worker that runs it starts here.
threadMain<ThreadInit>(import.meta, async (context, { id, message }, onMessage) => {
  const stream = openHandedOver(message);
  if (stream === undefined) return;
  const connection = new Connection(stream, context.connectionOptions(id));
  onMessage(() => connection.finish());

  // [4] Who reads, works and writes.
  while (await connection.read()) {
    for (const request of connection.requests()) {
      connection.reply(context.business.run(request, id));
    }
    await connection.write();
  }
  await connection.close();
});
