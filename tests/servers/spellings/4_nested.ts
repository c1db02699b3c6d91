/** Lesson 4 with a function for what comes next, and `continue` for what is done. */
import { Acceptor, openConnection } from "../../../models/parts/accept.ts";
import type { Connection } from "../../../models/parts/connection.ts";
import type { ServeOptions, Server } from "../../../models/parts/options.ts";
import { Selector } from "../../../models/parts/selector.ts";
import { serverHandle } from "../../../models/parts/server.ts";
import { ServerContext } from "../../../models/parts/server_context.ts";
import { type Done, workerMain, WorkerPool } from "../../../models/parts/worker_pool.ts";

/** What a client is to wait for next: a worker, or its own next bytes. */
function next(c: Connection, pool: WorkerPool, selector: Selector<Done>): void {
  const r = c.nextRequest();
  if (r !== undefined) {
    pool.submit(c, r);
  } else if (c.ended) {
    selector.close(c);
  } else {
    selector.read(c);
  }
}

/** Starts the server. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 1000, workers = 4 } = options;
  const context = ServerContext.forMain("worker-pool", { workers }, options);
  const listener = Deno.listen({ hostname, port });
  const acceptor = new Acceptor(listener, maxConnections, context);
  const selector = new Selector<Done>();
  const pool = new WorkerPool(import.meta.url, workers, context, (d) => selector.post(d));
  selector.watchListener(acceptor);
  const loop = async () => {
    while (selector.open) {
      const events = await selector.wait();
      for (const e of events) {
        if (e.kind === "message") {
          e.message.connection.reply(e.message.reply);
          selector.write(e.message.connection);
          continue;
        }
        const c = e.kind === "accept" ? openConnection(e.accepted, context) : e.connection;
        if (e.kind === "accept") selector.watch(c);
        else next(c, pool, selector);
      }
    }
    await pool.close();
  };
  return serverHandle(acceptor, loop(), () => selector.stop());
}

workerMain(import.meta, (context, request, id) => context.business.run(request, id));
