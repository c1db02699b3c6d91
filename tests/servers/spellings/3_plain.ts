/** Lesson 3 as most people write it: the exercise's own loop, and a switch in it. */
import { Acceptor, openConnection } from "../../../models/parts/accept.ts";
import type { ServeOptions, Server } from "../../../models/parts/options.ts";
import { Selector } from "../../../models/parts/selector.ts";
import { serverHandle } from "../../../models/parts/server.ts";
import { ServerContext } from "../../../models/parts/server_context.ts";

/** Starts the server. Throws `RangeError` for bad options, and what `Deno.listen` throws. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 1000 } = options;
  const context = ServerContext.forMain("io-multiplexing", {}, options);
  const listener = Deno.listen({ hostname, port });
  const acceptor = new Acceptor(listener, maxConnections, context);
  const selector = new Selector();
  selector.watchListener(acceptor);

  async function eventLoop(): Promise<void> {
    while (selector.open) {
      const list = await selector.wait();
      for (const item of list) {
        if (item.kind === "accept") {
          const conn = openConnection(item.accepted, context);
          selector.watch(conn);
        } else if (item.kind === "readable") {
          const conn = item.connection;
          for (const req of conn.requests()) {
            const res = context.business.run(req, conn.id);
            conn.reply(res);
          }
          selector.write(conn);
        } else if (item.kind === "written") {
          const conn = item.connection;
          if (conn.ended) {
            selector.close(conn);
          } else {
            selector.read(conn);
          }
        }
      }
    }
  }

  return serverHandle(acceptor, eventLoop(), () => selector.stop());
}
