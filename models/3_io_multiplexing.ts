/**
 * Model 3: one thread, one event loop, many connections (单线程多路 I/O 复用).
 *
 * The main thread waits for all sockets at once and serves whichever is ready. Business runs inline,
 * on the loop: while one request is worked on, nobody else is read, written or accepted.
 */
import { Acceptor, openConnection } from "./parts/accept.ts";
import { listenForMany } from "./parts/listen.ts";
import type { ServeOptions, Server } from "./parts/options.ts";
import { Selector } from "./parts/selector.ts";
import { serverHandle } from "./parts/server.ts";
import { ServerContext } from "./parts/server_context.ts";
import { DEFAULTS } from "./parts/sizes.ts";

/** Starts the server. Throws `RangeError` for bad options, and what `Deno.listen` throws. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = DEFAULTS.maxConnections } = options;
  const context = ServerContext.forMain("io-multiplexing", {}, options);
  const listener = listenForMany({ hostname, port }, context);
  const acceptor = new Acceptor(listener, maxConnections, context);
  const selector = new Selector();
  selector.watchListener(acceptor);
  return serverHandle(acceptor, eventLoop(selector, context), () => selector.stop());
}

/** The model itself. Ends when the selector is stopped and the last connection closed. */
export async function eventLoop(selector: Selector, context: ServerContext): Promise<void> {
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
          for (const request of ready.connection.requests()) {
            ready.connection.reply(context.business.run(request, ready.connection.id));
          }
          selector.write(ready.connection);
          break;
        case "written":
          if (ready.connection.ended) selector.close(ready.connection);
          else selector.read(ready.connection);
          break;
      }
      // [5] What a new connect meets meanwhile.
      // The kernel completes the handshake, and the client waits until the loop is back at [1].
    }
  }
}
