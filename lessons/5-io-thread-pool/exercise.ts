/**
 * Exercise 5: write model 5 yourself. A few threads, started beforehand, run
 * the event loop of lesson 3 each; the main thread accepts, and hands out.
 *
 *   deno task lesson5 --exercise   runs this file, once
 *   deno task watch 5              runs it, again whenever you save
 *   deno task client 5 PING        talks to it; as it stands, no answer comes
 *   deno task grade 5              grades it, claim by claim
 *   deno task hint 5               helps
 *
 * Every thread runs this file, as in lesson 2. You know all the parts: from
 * there startThread, threadMain, openHandedOver, from lesson 3 the selector and
 * openConnection. What is new is that a thread gets its connections later, and
 * many of them, as messages:
 *
 *   thread.post(gift, transfer)   sends a message; `transfer` is moved with it
 *   threadMain<null, Gift | Finish>(import.meta, …)   says what can come
 *   onMessage((message) => …)     the thread's: called with each one
 *   message.kind                  "gift"; the last: "finish", the server stops
 *   selector.stop()               then the thread's loop comes to an end
 *   openConnection({ id, socket }, context)   `socket` is what was opened
 *
 * What the imports lack stands there behind `//`, or comes from the same files:
 * openConnection beside Acceptor, openHandedOver beside listenForHandover.
 */
import { Acceptor } from "../../models/parts/accept.ts";
import { listenForHandover } from "../../models/parts/handover.ts";
import type { ServeOptions, Server } from "../../models/parts/options.ts";
// import { Selector } from "../../models/parts/selector.ts";
import { serverHandle } from "../../models/parts/server.ts";
import { ServerContext } from "../../models/parts/server_context.ts";
// import { startThread, threadMain } from "../../models/parts/thread.ts";
import { ThreadGroup } from "../../models/parts/thread_group.ts";
// import type { Finish, Gift } from "../../models/parts/thread_messages.ts";

/** Starts the server. Throws `RangeError` for bad options, and what `Deno.listen` throws. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 1000, threads = 2 } = options;
  const context = ServerContext.forMain("io-thread-pool", { io_threads: threads }, options);
  const listener = listenForHandover({ hostname, port }, options.handover ?? "auto");
  const acceptor = new Acceptor(listener, maxConnections, context);
  const group = new ThreadGroup();
  // Your turn: start so many threads, `io-1`, `io-2`, …, before the first
  // client comes. Add each to the group, and keep them in a list.

  async function mainThread(): Promise<void> {
    // Your turn: a loop that never ends by itself, with these four in it.

    // [1] Where accept blocks.
    // [2] Who takes the connection.
    // As in lesson 2. When none will come any more, return `group.allExited()`.

    // [3] Who holds connfd.
    // One of the threads, and each is to get as many as the others: post it.

    // [5] What a new connect meets meanwhile.
    // Nothing to write. All threads are busy: does this one notice?

    // Until your loop is there: accept all, serve none. Then delete this line.
    while (await acceptor.accept() !== undefined) continue;
  }

  return serverHandle(acceptor, mainThread(), () => group.finish());
}

// Your turn: the threads' program. A selector of the thread's own; what comes
// as a message is opened and watched; a loop for as long as `selector.open`.

// [4] Who reads, works and writes.
// Each thread for its own clients: in the loop of lesson 3, without "accept".
