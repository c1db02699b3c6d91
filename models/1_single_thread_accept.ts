/**
 * Model 1: one thread that accepts, reads, works and writes (单线程 Accept，无 I/O 复用).
 *
 * The main thread serves one connection from accept to close, then the next. Everybody else waits in
 * the accept queue of the listening socket, connected and unheard.
 */
import { Acceptor, openConnection } from "./parts/accept.ts";
import type { Connection } from "./parts/connection.ts";
import { listenForOne } from "./parts/listen.ts";
import type { ServeOptions, Server } from "./parts/options.ts";
import { serverHandle } from "./parts/server.ts";
import { ServerContext } from "./parts/server_context.ts";
import { DEFAULTS } from "./parts/sizes.ts";

/** Starts the server. Throws `RangeError` for bad options, and what `Deno.listen` throws. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = DEFAULTS.maxConnections } = options;
  const context = ServerContext.forMain("single-thread-accept", {}, options);
  const listener = listenForOne({ hostname, port }, context);
  const acceptor = new Acceptor(listener, maxConnections, context);
  let current: Connection | undefined;

  async function mainThread(): Promise<void> {
    for (;;) {
      // [1] Where accept blocks.
      const accepted = await acceptor.accept();
      if (accepted === undefined) return;

      // [2] Who takes the connection.
      const connection = openConnection(accepted, context);

      // [3] Who holds connfd.
      current = connection;

      // [4] Who reads, works and writes.
      while (await connection.read()) {
        for (const request of connection.requests()) {
          connection.reply(context.business.run(request, connection.id));
        }
        await connection.write();
      }
      await connection.close();

      // [5] What a new connect meets meanwhile.
      // The kernel completes the handshake, and the client waits in the accept queue until we are
      // back at [1].
    }
  }

  return serverHandle(acceptor, mainThread(), () => current?.finish());
}
