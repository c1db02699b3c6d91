/**
 * Exercise 6: write model 6 yourself. A few processes, started beforehand,
 * share one listening socket; each accepts from it, and runs lesson 3's loop.
 *
 *   deno task lesson6 --exercise   runs this file, once
 *   deno task watch 6              runs it, again whenever you save
 *   deno task client 6 PING        talks to it; as it stands, no answer comes
 *   deno task grade 6              grades it, claim by claim
 *   deno task hint 6               helps
 *
 * Every process runs this file: the main process calls `serve`, the others what
 * stands at the end. `processMain` finds out which it is, and gives a child
 *
 *   context, maxConnections   its own; nothing is shared with the others
 *   listener                  the socket that all have, to make an Acceptor of
 *   finishing                 settles when the child is to finish
 *
 * The rest is lesson 3's. You will need openConnection, beside Acceptor.
 */
import { Acceptor } from "../../models/parts/accept.ts";
import type { ServeOptions, Server } from "../../models/parts/options.ts";
import { ProcessPool } from "../../models/parts/process_pool.ts";
import { processMain } from "../../models/parts/process_program.ts";
import { Selector } from "../../models/parts/selector.ts";
import { serverHandle } from "../../models/parts/server.ts";
import { ServerContext } from "../../models/parts/server_context.ts";
import { listenForChildren } from "../../models/parts/shared_listener.ts";

/** Starts the server. Throws what `Deno.listen` throws, such as `AddrInUse`. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 1000 } = options;
  // Your turn: as many as `options.processes` says, or 2 when it says nothing.
  const processes = 1;
  const context = ServerContext.forMain("process-pool", { processes }, options);
  const listener = listenForChildren({ hostname, port }, context);
  const pool = new ProcessPool({ module: import.meta.url, processes, maxConnections }, listener);
  return serverHandle(listener, pool.allExited(), () => pool.finish());
}

// The program of each child process.
processMain(import.meta, async ({ context, listener, maxConnections, finishing }) => {
  const acceptor = new Acceptor(listener, maxConnections, context);
  const selector = new Selector();
  finishing.then(() => {
    acceptor.close();
    selector.stop();
  });
  selector.watchListener(acceptor);

  // Your turn: a loop for as long as `selector.open`, with [1] to [5] in it.

  // [1] Where accept blocks.
  // In the one wait for everything; and in every process at once.

  // [2] Who takes the connection.
  // "accept": the process that was first. Here it is this one.

  // [3] Who holds connfd.
  // This process's selector. No other process can ever reach it.

  // [4] Who reads, works and writes.
  // "readable" and "written", as in lesson 3.

  // [5] What a new connect meets meanwhile.
  // Nothing to write. This loop is busy: who notices, and who does not?

  // Until your loop is there: accept all, serve none. Then delete this line.
  while (selector.open) await selector.wait();
});
