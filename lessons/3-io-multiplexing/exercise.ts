/**
 * Exercise 3: write model 3 yourself. One thread waits for all sockets at once,
 * and serves whichever is ready.
 *
 *   deno task lesson3 --exercise   runs this file, once
 *   deno task watch 3              runs it, again whenever you save
 *   deno task client 3 PING        talks to it; as it stands, no answer comes
 *   deno task grade 3              grades it, claim by claim
 *   deno task hint 3               helps
 *
 * `await selector.wait()` gives a list of all that is ready. Each has a `kind`:
 *
 *   "accept"     a client has connected: `ready.accepted`
 *   "readable"   bytes have come, or the client's end: `ready.connection`
 *   "written"    all replies are on their way: `ready.connection`
 *
 * And these are what you can do about it. None of them waits:
 *
 *   openConnection(accepted, context)   makes a Connection, for [2]
 *   selector.watch(connection)   watches a new one; "readable" will tell
 *   selector.read(connection)    lets more bytes come; "readable" will tell
 *   selector.write(connection)   sends the queued replies; "written" will tell
 *   selector.close(connection)   says goodbye, and watches it no longer
 *   connection.requests()        the requests that have come whole
 *   context.business.run(request, connection.id)   works, and returns the reply
 *   connection.reply(reply)      queues a reply
 *   connection.ended             true: the client will not ask for more
 *
 * The first one comes from parts/accept.ts: add it to the import.
 */
import { Acceptor } from "../../models/parts/accept.ts";
import type { ServeOptions, Server } from "../../models/parts/options.ts";
import { Selector } from "../../models/parts/selector.ts";
import { serverHandle } from "../../models/parts/server.ts";
import { ServerContext } from "../../models/parts/server_context.ts";

/** Starts the server. Throws `RangeError` for bad options, and what `Deno.listen` throws. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 1000 } = options;
  const context = ServerContext.forMain("io-multiplexing", {}, options);
  const listener = Deno.listen({ hostname, port });
  const acceptor = new Acceptor(listener, maxConnections, context);
  const selector = new Selector();
  selector.watchListener(acceptor);

  async function eventLoop(): Promise<void> {
    // Your turn: a loop for as long as `selector.open`, with [1] to [5] in it.

    // [1] Where accept blocks.
    // There is one wait, for everything. Go through the list of what is ready.

    // [2] Who takes the connection.
    // "accept": this thread does. Make a Connection of what was accepted.

    // [3] Who holds connfd.
    // The selector: let it watch the connection.

    // [4] Who reads, works and writes.
    // "readable": this thread does the business of each request, here and now,
    // queues the replies, and sends them.
    // "written": close the connection if it has ended, or let more bytes come.

    // [5] What a new connect meets meanwhile.
    // Nothing to write. Who accepts while the business of one request goes on?

    // Until your loop is there: accept all, serve none. Then delete this line.
    while (selector.open) await selector.wait();
  }

  return serverHandle(acceptor, eventLoop(), () => selector.stop());
}
