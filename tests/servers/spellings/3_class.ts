/** Lesson 3 as a class whose methods are the event handlers. */
import { Acceptor, openConnection } from "../../../models/parts/accept.ts";
import type { ServeOptions, Server } from "../../../models/parts/options.ts";
import { type Ready, Selector } from "../../../models/parts/selector.ts";
import { serverHandle } from "../../../models/parts/server.ts";
import { ServerContext } from "../../../models/parts/server_context.ts";

class Loop {
  selector = new Selector();
  constructor(private context: ServerContext, acceptor: Acceptor<Deno.TcpConn>) {
    this.selector.watchListener(acceptor);
  }

  async run() {
    for (;;) {
      if (!this.selector.open) break;
      const batch = await this.selector.wait();
      batch.map((event) => this.handle(event));
    }
  }

  private handle(event: Ready<never>): void {
    if (event.kind === "accept") {
      const conn = openConnection(event.accepted, this.context);
      this.selector.watch(conn);
    } else if (event.kind === "readable") {
      const { connection: conn } = event;
      let next = conn.nextRequest();
      while (next !== undefined) {
        conn.reply(this.context.business.run(next, conn.id));
        next = conn.nextRequest();
      }
      this.selector.write(conn);
    } else if (event.kind === "written" && !event.connection.ended) {
      this.selector.read(event.connection);
    } else if (event.kind === "written") {
      this.selector.close(event.connection);
    }
  }
}

/** Starts the server. */
export function serve(options: ServeOptions = {}): Server {
  const context = ServerContext.forMain("io-multiplexing", {}, options);
  const listener = Deno.listen({
    hostname: options.hostname ?? "127.0.0.1",
    port: options.port ?? 0,
  });
  const acceptor = new Acceptor(listener, options.maxConnections ?? 1000, context);
  const loop = new Loop(context, acceptor);
  return serverHandle(acceptor, loop.run(), () => loop.selector.stop());
}
