/**
 * Exercise 2: write model 2 yourself. The main thread only accepts; each
 * connection gets a new thread, which reads, works and writes, and then ends.
 *
 *   deno task lesson2 --exercise   runs this file, once
 *   deno task watch 2              runs it, again whenever you save
 *   deno task client 2 PING        talks to it; as it stands, no answer comes
 *   deno task grade 2              grades it, claim by claim
 *   deno task hint 2               helps
 *
 * Every thread runs this file, so it is two programs. The main thread's needs:
 *
 *   await acceptor.accept()   `{ id, socket }`; undefined: the server stops
 *   socket.handOver()         `{ message, transfer, reclaim }`, to give it away
 *   startThread(import.meta.url, name, context, init, { transfer })
 *       starts a thread that runs this file; threadMain below is given `init`
 *   threads.add(thread, onExit)   calls `onExit` when the thread has ended
 *   reclaim()                     closes what the thread left open
 *   context.state.connectionClosed()   makes room for one client more
 *   threads.allExited()           a promise: no thread is left
 *
 * And the connection's own thread, besides what you know from lesson 1:
 *
 *   threadMain<ThreadInit>(import.meta, async (context, init, onMessage) => …)
 *   openHandedOver(message)       the connection's bytes; undefined: it is gone
 *   new Connection(bytes, context.connectionOptions(id))
 *   onMessage(() => connection.finish())   it gets one when the server stops
 *
 * What the imports lack stands there behind `//`, or in parts/handover.ts.
 */
import { Acceptor } from "../../models/parts/accept.ts";
// import { Connection } from "../../models/parts/connection.ts";
import { type HandoverMessage, listenForHandover } from "../../models/parts/handover.ts";
import type { ServeOptions, Server } from "../../models/parts/options.ts";
import { serverHandle } from "../../models/parts/server.ts";
import { ServerContext } from "../../models/parts/server_context.ts";
// import { startThread, threadMain } from "../../models/parts/thread.ts";
import { ThreadGroup } from "../../models/parts/thread_group.ts";

/** What a thread is given at its start: a connection, and its number. */
export interface ThreadInit {
  readonly id: number;
  readonly message: HandoverMessage;
}

/** Starts the server. Throws `RangeError` for bad options, and what `Deno.listen` throws. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 100 } = options;
  const context = ServerContext.forMain("thread-per-connection", {}, options);
  const listener = listenForHandover({ hostname, port }, options.handover ?? "auto");
  const acceptor = new Acceptor(listener, maxConnections, context);
  const threads = new ThreadGroup();

  async function mainThread(): Promise<void> {
    // Your turn: a loop that never ends by itself, with these four in it.

    // [1] Where accept blocks.
    // Wait for a connection. When none will come any more, return once all
    // threads have ended.

    // [2] Who takes the connection.
    // This thread, but not for long: get it ready to be given away.

    // [3] Who holds connfd.
    // A new thread, named `thread-` and the connection's number. When it has
    // ended, reclaim what it left, and count the connection as closed.

    // [5] What a new connect meets meanwhile.
    // Nothing to write. What must not stand in this loop, if the next client is
    // to be accepted at once?

    // Until your loop is there: accept all, serve none. Then delete this line.
    while (await acceptor.accept() !== undefined) continue;
  }

  return serverHandle(acceptor, mainThread(), () => threads.finish());
}

// Your turn: the thread's program. It opens what it was handed, makes a
// Connection of it, and lets that finish when the main thread says so. Then:

// [4] Who reads, works and writes.
// The connection's own thread, which may block. Word for word as in lesson 1.
