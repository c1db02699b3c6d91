/**
 * Pretends to be lesson 2. Wrong: all threads take one lock for their business.
 *
 * People share a table between the threads, protect it with a lock, and hold the lock for the whole
 * request. There are as many threads as clients, and one of them works.
 *
 * Loses 2.P1: with \d+ requests under way, .* were held up
 */
import { Connection } from "../../../models/parts/connection.ts";
import { type HandoverMessage, openHandedOver } from "../../../models/parts/handover.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import { threadMain } from "../../../models/parts/thread.ts";
import { locked } from "./shared/lock.ts";
import { acceptForThreads, listenForThreads, type Running, threadFor } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  const lock = new Int32Array(new SharedArrayBuffer(4));
  return {
    finished: acceptForThreads(listenForThreads(options), (accepted, context) => {
      threadFor(accepted, context, import.meta.url, { lock });
    }),
  };
}

interface Init {
  readonly id: number;
  readonly message: HandoverMessage;
  readonly lock: Int32Array<SharedArrayBuffer>;
}

threadMain<Init>(import.meta, async (context, { id, message, lock }) => {
  const connection = new Connection(openHandedOver(message)!, context.connectionOptions(id));
  while (await connection.read()) {
    for (const request of connection.requests()) {
      connection.reply(locked(lock, () => context.business.run(request, id)));
    }
    await connection.write();
  }
  await connection.close();
});
