/**
 * Pretends to be lesson 2. Wrong: two clients share a thread.
 *
 * People find that threads cost too much, and put a second client on each: half the threads, and the
 * promise of the model is gone, since a client's business now blocks somebody else.
 *
 * Loses 2.P1: with \d+ requests under way, .* were held up
 * Loses 2.P2: 3 clients' business was done by 2 threads
 * Loses 2.C1: \d+ clients cost [12]\d threads
 * Loses 2.C2: 12 idle clients keep \d threads
 * Loses 2.C3: 5 short connections had [23] threads
 */
import { Connection } from "../../../models/parts/connection.ts";
import { type HandoverMessage, openHandedOver } from "../../../models/parts/handover.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import type { ServerContext } from "../../../models/parts/server_context.ts";
import { type Thread, threadMain } from "../../../models/parts/thread.ts";
import type { Gift } from "../../../models/parts/thread_messages.ts";
import {
  acceptForThreads,
  listenForThreads,
  type Running,
  serveWhole,
  threadFor,
} from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  let roomy: Thread | undefined;
  return {
    finished: acceptForThreads(listenForThreads(options), (accepted, context) => {
      if (roomy === undefined) {
        roomy = threadFor(accepted, context, import.meta.url);
      } else {
        const { message } = accepted.socket.handOver();
        roomy.post({ kind: "gift", id: accepted.id, message } satisfies Gift);
        roomy = undefined;
      }
    }),
  };
}

interface Init {
  readonly id: number;
  readonly message: HandoverMessage;
}

function serveOne(context: ServerContext, { id, message }: Init): Promise<void> {
  const connection = new Connection(openHandedOver(message)!, context.connectionOptions(id));
  return serveWhole(connection, context);
}

threadMain<Init, Gift>(import.meta, async (context, first, onMessage) => {
  const second = new Promise<void>((resolve) => {
    onMessage((message) => resolve(serveOne(context, message)));
  });
  await Promise.all([serveOne(context, first), second]);
});
