/**
 * Pretends to be lesson 2. Wrong: a thread goes on when its connection has closed.
 *
 * People end the loop that reads, and forget that something else keeps the thread alive: a timer, a
 * message port, a `join` that nobody calls. It shows after some thousand clients.
 *
 * Loses 2.C2: 5 of 12 clients closed, and \d threads? ended|12 idle clients keep \d threads
 */
import { Connection } from "../../../models/parts/connection.ts";
import { type HandoverMessage, openHandedOver } from "../../../models/parts/handover.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import { threadMain } from "../../../models/parts/thread.ts";
import {
  acceptForThreads,
  listenForThreads,
  type Running,
  serveWhole,
  threadFor,
} from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return {
    finished: acceptForThreads(listenForThreads(options), (accepted, context) => {
      threadFor(accepted, context, import.meta.url);
    }),
  };
}

interface Init {
  readonly id: number;
  readonly message: HandoverMessage;
}

threadMain<Init>(import.meta, async (context, { id, message }) => {
  const connection = new Connection(openHandedOver(message)!, context.connectionOptions(id));
  await serveWhole(connection, context);
  await new Promise(() => {});
});
