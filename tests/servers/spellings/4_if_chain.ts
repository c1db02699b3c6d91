/** Lesson 4 with ifs, and a function that gives the next request of a connection to the pool. */
import { Acceptor, openConnection } from "../../../models/parts/accept.ts";
import type { Connection } from "../../../models/parts/connection.ts";
import type { ServeOptions, Server } from "../../../models/parts/options.ts";
import { Selector } from "../../../models/parts/selector.ts";
import { serverHandle } from "../../../models/parts/server.ts";
import { ServerContext } from "../../../models/parts/server_context.ts";
import { type Done, workerMain, WorkerPool } from "../../../models/parts/worker_pool.ts";

/** Starts the server. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 1000, workers = 4 } = options;
  const context = ServerContext.forMain("worker-pool", { workers }, options);
  const listener = Deno.listen({ hostname, port });
  const acceptor = new Acceptor(listener, maxConnections, context);
  const selector = new Selector<Done>();
  const pool = new WorkerPool(import.meta.url, workers, context, (result) => {
    selector.post(result);
  });
  selector.watchListener(acceptor);

  function goOn(client: Connection): void {
    const request = client.nextRequest();
    if (request) {
      pool.submit(client, request);
      return;
    }
    if (!client.ended) return selector.read(client);
    selector.close(client);
  }

  async function eventLoop(): Promise<void> {
    while (selector.open) {
      for (const event of await selector.wait()) {
        if (event.kind === "accept") {
          selector.watch(openConnection(event.accepted, context));
        } else if (event.kind === "message") {
          const { connection, reply } = event.message;
          connection.reply(reply);
          selector.write(connection);
        } else {
          goOn(event.connection);
        }
      }
    }
    await pool.close();
  }

  return serverHandle(acceptor, eventLoop(), () => selector.stop());
}

workerMain(import.meta, (context, request, client) => {
  const reply = context.business.run(request, client);
  return reply;
});
