/**
 * Pretends to be lesson 5. Wrong: the threads read and write, and the main thread does the business.
 *
 * That is what Redis 6 does with its I/O threads, for good reasons: its business takes microseconds and
 * needs no locks so. But it is another model.
 *
 * Loses 5.P2: with 2 threads, 1 of 6 requests were under way at once
 * Loses 5.C1: one thread does the business of all 6 clients
 * Loses 5.C2: [23] connections left in the accept queue
 */
import { Connection } from "../../../models/parts/connection.ts";
import { openHandedOver } from "../../../models/parts/handover.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import type { Reply, Request } from "../../../models/parts/protocol/protocol.ts";
import { threadMain } from "../../../models/parts/thread.ts";
import type { Gift } from "../../../models/parts/thread_messages.ts";
import { give, listenWithThreads } from "./shared/io_threads.ts";
import { acceptForThreads, type Running } from "./shared/common.ts";

type Asked = { readonly kind: "asked"; readonly id: number; readonly request: Request };
type Answer = { readonly kind: "answer"; readonly id: number; readonly reply: Reply };

export function serve(options: ServeOptions): Running {
  const listening = listenWithThreads<Asked>(options, import.meta.url);
  const { context, threads } = listening;
  for (const thread of threads) {
    thread.onMessage = ({ id, request }) => {
      const reply = context.business.run(request, id);
      thread.post({ kind: "answer", id, reply } satisfies Answer);
    };
  }
  return {
    finished: acceptForThreads(listening, (accepted) => {
      give(threads[accepted.id % threads.length], accepted);
    }),
  };
}

threadMain<null, Gift | Answer>(import.meta, async (context, _init, onMessage, post) => {
  const waiting = new Map<number, (reply: Reply) => void>();
  const serveOne = async ({ id, message }: Gift) => {
    const connection = new Connection(openHandedOver(message)!, context.connectionOptions(id));
    while (await connection.read()) {
      for (const request of connection.requests()) {
        post({ kind: "asked", id, request } satisfies Asked);
        connection.reply(await new Promise((resolve) => waiting.set(id, resolve)));
      }
      await connection.write();
    }
    await connection.close();
  };
  onMessage((message) => {
    if (message.kind === "gift") serveOne(message);
    else waiting.get(message.id)!(message.reply);
  });
  await new Promise(() => {});
});
