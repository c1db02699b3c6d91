/** Lesson 1 as most people write it. */
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

  async function mainThread(): Promise<void> {
    while (true) {
      const accepted = await acceptor.accept();
      if (!accepted) {
        break;
      }
      const conn = openConnection(accepted, context);
      current = conn;
      while (true) {
        const ok = await conn.read();
        if (!ok) {
          break;
        }
        for (const req of conn.requests()) {
          const reply = context.business.run(req, conn.id);
          conn.reply(reply);
        }
        await conn.write();
      }
      await conn.close();
    }
  }

  return serverHandle(acceptor, mainThread(), () => current?.finish());
}
