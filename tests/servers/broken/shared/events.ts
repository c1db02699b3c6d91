/** What the broken servers of lesson 7 share: model 7's watching threads, and what they lend. */
import { Acceptor } from "../../../../models/parts/accept.ts";
import type { Connection } from "../../../../models/parts/connection.ts";
import { IoThreads } from "../../../../models/parts/io_threads.ts";
import type { Loan } from "../../../../models/parts/threads/loan_messages.ts";
import type { ServeOptions } from "../../../../models/parts/options.ts";
import { readRequests } from "../../../../models/parts/read_requests.ts";
import { ServerContext } from "../../../../models/parts/server_context.ts";
import { listenForLending } from "../../../../models/parts/watching_threads.ts";
import type { Thread } from "../../../../models/parts/thread.ts";
import { acceptForThreads, type Running } from "./common.ts";

/** The program of the watching threads. */
const MODEL = new URL("../../../../models/7_thread_per_event.ts", import.meta.url).href;

/** Watches connections as model 7 does. `onLoan` has to do something about each that is ready. */
export function serveLoans(
  options: ServeOptions,
  onLoan: (context: ServerContext) => (loan: Loan, watcher: Thread) => void,
): Running {
  const { hostname = "127.0.0.1", port = 0, threads = 2 } = options;
  const listener = listenForLending({ hostname, port });
  const context = ServerContext.forMain("broken", {}, options);
  const acceptor = new Acceptor(listener, 1000, context);
  const lend = onLoan(context);
  const watchers = new IoThreads<Loan>(MODEL, threads, context, { kind: "watch", onMessage: lend });
  const give = acceptForThreads({ acceptor, context }, (accepted) => watchers.give(accepted));
  return { finished: give };
}

/** Serves one event, as model 7's threads do. */
export async function serveEvent(connection: Connection, context: ServerContext): Promise<void> {
  for await (const request of readRequests(connection)) {
    connection.reply(context.business.run(request, connection.id));
  }
  await connection.write();
}
