/**
 * Model 4: one event loop, and a pool of workers for the business
 * (单线程多路 I/O 复用 + 多线程业务工作池).
 *
 * The main thread waits for all sockets at once, reads the requests and writes the replies. A fixed
 * number of workers does the business; they never touch a socket. So a request that takes long holds
 * up a worker, and not the loop.
 */
import { Acceptor, openConnection } from "./parts/accept.ts";
import { listenForMany } from "./parts/listen.ts";
import type { ServeOptions, Server } from "./parts/options.ts";
import { Selector } from "./parts/selector.ts";
import { serverHandle } from "./parts/server.ts";
import { ServerContext } from "./parts/server_context.ts";
import { DEFAULTS } from "./parts/sizes.ts";
import { type Done, nextTrip, workerMain, WorkerPool } from "./parts/worker_pool.ts";

/** Starts the server. Throws `RangeError` for bad options, and what `Deno.listen` throws. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = DEFAULTS.maxConnections } = options;
  const { workers = DEFAULTS.workers } = options;
  const context = ServerContext.forMain("worker-pool", { workers }, options);
  const listener = listenForMany({ hostname, port }, context);
  const cost = { besides: workers * context.threadDescriptors };
  const acceptor = new Acceptor(listener, maxConnections, context, cost);
  const selector = new Selector<Done>();
  const pool = new WorkerPool(import.meta.url, workers, context, (done) => selector.post(done));
  selector.watchListener(acceptor);
  return serverHandle(acceptor, eventLoop(selector, pool, context), () => selector.stop());
}

/** The main thread. Ends when the selector is stopped and the last connection closed. */
export async function eventLoop(
  selector: Selector<Done>,
  pool: WorkerPool,
  context: ServerContext,
): Promise<void> {
  while (selector.open) {
    // [1] Where accept blocks.
    for (const ready of await selector.wait()) {
      switch (ready.kind) {
        case "accept": {
          // [2] Who takes the connection.
          const connection = openConnection(ready.accepted, context);
          // [3] Who holds connfd.
          selector.watch(connection);
          break;
        }
        // [4] Who reads, works and writes.
        case "readable":
        case "written": {
          const trip = nextTrip(ready.connection);
          if (trip.length > 0) pool.submit(ready.connection, ...trip);
          else if (ready.connection.ended) selector.close(ready.connection);
          else selector.read(ready.connection);
          break;
        }
        case "message":
          ready.message.connection.reply(ready.message.reply);
          selector.write(ready.message.connection);
          break;
      }
      // [5] What a new connect meets meanwhile.
      // The loop is back at [1] at once, whatever the workers do, and accepts it.
    }
  }
  await pool.close();
}

// The same file is the workers' program. [4] Who works.
workerMain(import.meta, (context, request, id) => context.business.run(request, id));
