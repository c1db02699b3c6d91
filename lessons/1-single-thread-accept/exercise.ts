/**
 * Exercise 1: write model 1 yourself. One thread accepts a connection, serves
 * it until it closes, and only then accepts the next.
 *
 *   deno task lesson1 --exercise   runs this file, once
 *   deno task watch 1              runs it, again whenever you save
 *   deno task client 1 PING        talks to it; as it stands, no answer comes
 *   deno task grade 1              grades it, claim by claim
 *   deno task hint 1               helps
 *
 * You need these parts, and no others:
 *
 *   await acceptor.accept()    the next connection; undefined: the server stops
 *   openConnection(accepted, context)   makes a Connection of it, for [2]
 *   await connection.read()    waits for bytes; false: no more will come
 *   connection.requests()      the requests that have come whole
 *   context.business.run(request, connection.id)   works, and returns the reply
 *   connection.reply(reply)    queues a reply
 *   await connection.write()   sends what is queued
 *   await connection.close()   says goodbye
 *   connection.finish()        ends a read() that waits; for `stop`
 *
 * The first two come from parts/accept.ts: add openConnection to the import.
 */
import { Acceptor } from "../../models/parts/accept.ts";
import type { ServeOptions, Server } from "../../models/parts/options.ts";
import { serverHandle } from "../../models/parts/server.ts";
import { ServerContext } from "../../models/parts/server_context.ts";

/** Starts the server. Throws `RangeError` for bad options, and what `Deno.listen` throws. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 1000 } = options;
  const context = ServerContext.forMain("single-thread-accept", {}, options);
  const listener = Deno.listen({ hostname, port });
  const acceptor = new Acceptor(listener, maxConnections, context);

  async function mainThread(): Promise<void> {
    // Your turn: a loop that never ends by itself, with [1] to [5] in it.

    // [1] Where accept blocks.
    // Wait for a connection. When none will come any more, return.

    // [2] Who takes the connection.
    // This thread does: make a Connection of what was accepted.

    // [3] Who holds connfd.
    // This thread, one at a time. Keep it where `stop` below can find it: in a
    // variable outside of this function, which is a
    // `ReturnType<typeof openConnection> | undefined`.

    // [4] Who reads, works and writes.
    // This thread. As long as something comes: do the business of each request,
    // queue its reply, and write. When nothing will come any more, close.

    // [5] What a new connect meets meanwhile.
    // Nothing to write. While you are at [4], who answers a new client?

    // Until your loop is there: accept all, serve none. Then delete this line.
    while (await acceptor.accept() !== undefined) continue;
  }

  function stop(): void {
    // Called at Ctrl-C. Your turn: let the connection that you hold finish.
  }

  return serverHandle(acceptor, mainThread(), stop);
}
