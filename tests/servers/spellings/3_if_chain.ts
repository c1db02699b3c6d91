/** Lesson 3 with a chain of ifs, and a function for each of the three things that can be ready. */
import { type Accepted, Acceptor, openConnection } from "../../../models/parts/accept.ts";
import type { Connection } from "../../../models/parts/connection.ts";
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

  function onClient(accepted: Accepted<Deno.TcpConn>) {
    selector.watch(openConnection(accepted, context));
  }

  function onBytes(client: Connection) {
    const list = [...client.requests()];
    list.forEach((one) => {
      const answer = context.business.run(one, client.id);
      client.reply(answer);
    });
    selector.write(client);
  }

  function onSent(client: Connection) {
    return client.ended ? selector.close(client) : selector.read(client);
  }

  async function eventLoop(): Promise<void> {
    while (selector.open) {
      const events = await selector.wait();
      for (let i = 0; i < events.length; i++) {
        const event = events[i];
        if (event.kind === "accept") onClient(event.accepted as Accepted<Deno.TcpConn>);
        if (event.kind === "readable") onBytes(event.connection);
        if (event.kind === "written") onSent(event.connection);
      }
    }
  }

  return serverHandle(acceptor, eventLoop(), () => selector.stop());
}
