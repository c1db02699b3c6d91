/**
 * Exercise 4: write model 4 yourself. The event loop reads and writes, as in
 * lesson 3. Workers do the business, and the loop never waits for them.
 *
 *   deno task lesson4 --exercise   runs this file, once
 *   deno task watch 4              runs it, again whenever you save
 *   deno task client 4 PING        talks to it; as it stands, no answer comes
 *   deno task grade 4              grades it, claim by claim
 *   deno task hint 4               helps
 *
 * What the selector's wait gives has one `kind` more than in lesson 3:
 *
 *   "message"    a worker is done: `ready.message` is `{ connection, reply }`
 *
 * Besides the parts of lesson 3 you need:
 *
 *   new WorkerPool(import.meta.url, workers, context, onDone)
 *       starts the workers; calls `onDone(done)` for each request that is done
 *   selector.post(done)        passes that on to the loop, as a "message"
 *   nextTrip(connection)   the requests for a worker; []: none has come whole
 *   pool.submit(connection, ...trip)
 *       lets a worker do them; "message" will tell
 *   await pool.close()         ends the workers
 *   workerMain(import.meta, (context, request, id) => …)
 *       the workers' program; the function does the business, returns the reply
 *
 * Import openConnection as in lesson 3; the others from where Done comes.
 */
import { Acceptor } from "../../models/parts/accept.ts";
import type { ServeOptions, Server } from "../../models/parts/options.ts";
import { Selector } from "../../models/parts/selector.ts";
import { serverHandle } from "../../models/parts/server.ts";
import { ServerContext } from "../../models/parts/server_context.ts";
import { type Done } from "../../models/parts/worker_pool.ts";

/** Starts the server. Throws `RangeError` for bad options, and what `Deno.listen` throws. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 1000, workers = 4 } = options;
  const context = ServerContext.forMain("worker-pool", { workers }, options);
  const listener = Deno.listen({ hostname, port });
  const acceptor = new Acceptor(listener, maxConnections, context);
  const selector = new Selector<Done>();
  // Your turn: start the pool here, before the first client comes. What a
  // worker has done is to be passed on to the loop.
  selector.watchListener(acceptor);

  async function eventLoop(): Promise<void> {
    // Your turn: a loop for as long as `selector.open`, with [1] to [5] in it.

    // [1] Where accept blocks.
    // In the one wait for everything, as in lesson 3.

    // [2] Who takes the connection.
    // "accept": this thread does, as in lesson 3.

    // [3] Who holds connfd.
    // The selector, as in lesson 3. A worker never sees a socket.

    // [4] Who reads, works and writes.
    // "readable", and "written" too: take the next trip and submit it. Is it
    // empty? Then close the connection if it has ended, or let more bytes come.
    // "message": queue the reply, and send it.

    // [5] What a new connect meets meanwhile.
    // Nothing to write. All workers are busy: does the loop notice?

    // Until your loop is there: accept all, serve none. Then delete this line.
    while (selector.open) await selector.wait();

    // Your turn: the loop is over, so end the workers.
  }

  return serverHandle(acceptor, eventLoop(), () => selector.stop());
}

// [4] Who works.
// A worker, and it runs this file too. Your turn: its program, in one line.
