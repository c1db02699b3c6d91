/**
 * Model 7: a temporary thread for each event (单线程 Accept + 多线程多路 I/O 复用 + 每事件一线程).
 *
 * The main thread accepts, and gives each connection to one of N threads that only watch. When a
 * connection is ready, a thread is started for it: it reads, works and writes, gives the connection
 * back and ends. So as many requests are under way as clients are ready. Each of them costs a thread.
 */
import { Acceptor, openConnection } from "./parts/accept.ts";
import { eventThreadMain, EventThreads } from "./parts/event_threads.ts";
import type { ServeOptions, Server } from "./parts/options.ts";
import { readRequests } from "./parts/read_requests.ts";
import { serverHandle } from "./parts/server.ts";
import { checkOptions } from "./parts/server/check_options.ts";
import { ServerContext } from "./parts/server_context.ts";
import { threadDescriptors, threadsThatFit } from "./parts/sockets/descriptors.ts";
import { DEFAULTS } from "./parts/sizes.ts";
import { listenForLending, watchingThreadMain, WatchingThreads } from "./parts/watching_threads.ts";

/** Starts the server. Throws `RangeError` for bad options, and what `Deno.listen` throws. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = DEFAULTS.maxConnections } = options;
  const { threads = DEFAULTS.threads, maxEventThreads: most = DEFAULTS.maxEventThreads } = options;
  checkOptions(options);
  const ofThread = threadDescriptors(options.io);
  const watching = threads * ofThread;
  const maxEventThreads = threadsThatFit(most, watching, options.io);
  const sizes = { watching_threads: threads, max_event_threads: maxEventThreads };
  const context = ServerContext.forMain("thread-per-event", sizes, options);
  const listener = listenForLending({ hostname, port }, context);
  const cost = { besides: watching + maxEventThreads * (ofThread + 1) };
  const acceptor = new Acceptor(listener, maxConnections, context, cost);
  const eventThreads = new EventThreads(import.meta.url, maxEventThreads, context);
  const watchers = new WatchingThreads(import.meta.url, threads, eventThreads, context);

  async function mainThread(): Promise<void> {
    for (;;) {
      // [1] Where accept blocks.
      // [2] Who takes the connection.
      const accepted = await acceptor.accept();
      if (accepted === undefined) break;

      // [3] Who holds connfd.
      watchers.give(accepted);

      // [5] What a new connect meets meanwhile.
      // The main thread is back at [1] at once, unless it is just starting a thread.
    }
    await watchers.allExited();
    await eventThreads.allExited();
  }

  return serverHandle(acceptor, mainThread(), () => {
    watchers.finish();
    eventThreads.finish();
  });
}

// The same file is the program of both kinds of threads. Those that watch:
watchingThreadMain(import.meta, async (selector, lender, context) => {
  while (selector.open) {
    for (const ready of await selector.wait()) {
      switch (ready.kind) {
        case "accept":
          selector.watch(openConnection(ready.accepted, context));
          break;
        case "readable":
          if (ready.connection.ended) selector.close(ready.connection);
          else lender.lend(ready.connection);
          break;
        case "message":
          selector.watch(lender.takeBack(ready.message));
          break;
      }
    }
  }
});

// And those that serve one event each:
eventThreadMain(import.meta, async (connection, context) => {
  // [4] Who reads, works and writes.
  for await (const request of readRequests(connection)) {
    connection.reply(context.business.run(request, connection.id));
  }
  await connection.write();
});
