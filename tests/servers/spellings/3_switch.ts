/** Lesson 3 with a switch and early breaks, replies collected first. */
import { Acceptor, openConnection } from "../../../models/parts/accept.ts";
import type { ServeOptions, Server } from "../../../models/parts/options.ts";
import { Selector } from "../../../models/parts/selector.ts";
import { serverHandle } from "../../../models/parts/server.ts";
import { ServerContext } from "../../../models/parts/server_context.ts";

/** Starts the server. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 1000 } = options;
  const context = ServerContext.forMain("io-multiplexing", {}, options);
  const listener = Deno.listen({ hostname, port });
  const acceptor = new Acceptor(listener, maxConnections, context);
  const selector = new Selector();
  selector.watchListener(acceptor);

  async function eventLoop(): Promise<void> {
    while (selector.open) {
      const ready = await selector.wait();
      for (const r of ready) {
        switch (r.kind) {
          case "accept":
            selector.watch(openConnection(r.accepted, context));
            continue;
          case "readable": {
            const replies = Array.from(
              r.connection.requests(),
              (request) => context.business.run(request, r.connection.id),
            );
            for (const reply of replies) r.connection.reply(reply);
            selector.write(r.connection);
            continue;
          }
          case "written":
            r.connection.ended ? selector.close(r.connection) : selector.read(r.connection);
        }
      }
    }
  }

  return serverHandle(acceptor, eventLoop(), () => selector.stop());
}
