/** Lesson 1 with a function for one client, and a loop that ends when nobody comes any more. */
import { Acceptor, openConnection } from "../../../models/parts/accept.ts";
import type { Connection } from "../../../models/parts/connection.ts";
import type { ServeOptions, Server } from "../../../models/parts/options.ts";
import { serverHandle } from "../../../models/parts/server.ts";
import { ServerContext } from "../../../models/parts/server_context.ts";

/** Starts the server. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 1000 } = options;
  const context = ServerContext.forMain("single-thread-accept", {}, options);
  const listener = Deno.listen({ hostname, port });
  const acceptor = new Acceptor(listener, maxConnections, context);
  let current: Connection | undefined;

  async function talk(client: Connection): Promise<void> {
    let more = await client.read();
    while (more) {
      const todo = [...client.requests()];
      todo.forEach((request) => client.reply(context.business.run(request, client.id)));
      await client.write();
      more = await client.read();
    }
    await client.close();
  }

  async function mainThread(): Promise<void> {
    let accepted = await acceptor.accept();
    while (accepted) {
      current = openConnection(accepted, context);
      await talk(current);
      accepted = await acceptor.accept();
    }
  }

  return serverHandle(acceptor, mainThread(), () => current?.finish());
}
