/** Lesson 3 with a table of handlers, by the kind of what is ready. */
import { Acceptor, openConnection } from "../../../models/parts/accept.ts";
import type { ServeOptions, Server } from "../../../models/parts/options.ts";
import { type Ready, Selector } from "../../../models/parts/selector.ts";
import { serverHandle } from "../../../models/parts/server.ts";
import { ServerContext } from "../../../models/parts/server_context.ts";

type Of<K> = Extract<Ready<never>, { kind: K }>;

/** Starts the server. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 1000 } = options;
  const context = ServerContext.forMain("io-multiplexing", {}, options);
  const listener = Deno.listen({ hostname, port });
  const acceptor = new Acceptor(listener, maxConnections, context);
  const selector = new Selector();
  selector.watchListener(acceptor);

  const handlers = {
    accept: ({ accepted }: Of<"accept">) => selector.watch(openConnection(accepted, context)),
    readable: ({ connection }: Of<"readable">) => {
      for (const request of connection.requests()) {
        const reply = context.business.run(request, connection.id);
        connection.reply(reply);
      }
      selector.write(connection);
    },
    written: ({ connection }: Of<"written">) => {
      if (!connection.ended) return selector.read(connection);
      selector.close(connection);
    },
  };

  async function eventLoop(): Promise<void> {
    do {
      const everything = await selector.wait();
      while (everything.length > 0) {
        const one = everything.shift() as Ready<never>;
        const handler = handlers[one.kind as keyof typeof handlers] as (what: unknown) => void;
        handler(one);
      }
    } while (selector.open);
  }

  return serverHandle(acceptor, eventLoop(), () => selector.stop());
}
