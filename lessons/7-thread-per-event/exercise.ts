/**
 * Exercise 7: write model 7 yourself. A few threads only watch; for each
 * connection that is ready, a temporary thread is started, which serves it.
 *
 *   deno task lesson7 --exercise   runs this file, once
 *   deno task watch 7              runs it, again whenever you save
 *   deno task client 7 PING        talks to it; as it stands, no answer comes
 *   deno task grade 7              grades it, claim by claim
 *   deno task hint 7               helps
 *
 * Three kinds of threads run this file: the main thread calls `serve`, the
 * others what stands at the end. You have these parts:
 *
 *   watchers.give(accepted)    to the watching thread that has the fewest
 *   watchers.allExited()       settles when no thread is left; eventThreads has
 *                              it too
 *   lender.lend(connection)    has a thread started for it. Meanwhile it is not
 *                              read here
 *   lender.takeBack(message)   the connection that comes back: as a "message",
 *                              which the selector reports besides what you know
 *   readRequests(connection)   reads what has come, and gives the requests that
 *                              are there whole, for a `for await`
 *
 * A connection that comes back may have ended. If you watch it as before, that
 * is reported: "readable", and `connection.ended` is true. You will need
 * openConnection, beside Acceptor, and readRequests of read_requests.ts.
 */
import { Acceptor } from "../../models/parts/accept.ts";
import { eventThreadMain, EventThreads } from "../../models/parts/event_threads.ts";
import type { ServeOptions, Server } from "../../models/parts/options.ts";
// import { readRequests } from "../../models/parts/read_requests.ts";
import { serverHandle } from "../../models/parts/server.ts";
import { ServerContext } from "../../models/parts/server_context.ts";
import {
  listenForLending,
  watchingThreadMain,
  WatchingThreads,
} from "../../models/parts/watching_threads.ts";

/** Starts the server. Throws `RangeError` for bad options, and what `Deno.listen` throws. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 1000, threads = 2 } = options;
  const context = ServerContext.forMain("thread-per-event", { watching_threads: threads }, options);
  const listener = listenForLending({ hostname, port });
  const acceptor = new Acceptor(listener, maxConnections, context);
  const eventThreads = new EventThreads(import.meta.url, 64, context);
  const watchers = new WatchingThreads(import.meta.url, threads, eventThreads, context);

  async function mainThread(): Promise<void> {
    // Your turn: a loop that never ends by itself, with these four in it.

    // [1] Where accept blocks.
    // [2] Who takes the connection.
    // [3] Who holds connfd.
    // A thread that watches. When none will come any more, wait until all
    // threads have exited, those that watch and those of events.

    // [5] What a new connect meets meanwhile.
    // Nothing to write. What can this thread be busy with?

    // Until your loop is there: accept all, serve none. Then delete this line.
    while (await acceptor.accept() !== undefined) continue;
  }

  return serverHandle(acceptor, mainThread(), () => {
    watchers.finish();
    eventThreads.finish();
  });
}

// The program of the threads that watch.
watchingThreadMain(import.meta, async (selector, _lender, _context) => {
  // Your turn: the loop of lesson 3, for as long as `selector.open`. It
  // accepts and watches, but does not read, work or write: it lends.
  await selector.wait();
});

// The program of the thread that serves one event, and then ends.
eventThreadMain(import.meta, async (connection, _context) => {
  // [4] Who reads, works and writes.
  // Your turn: each request that is there gets its reply; then write.
  await connection.write();
});
