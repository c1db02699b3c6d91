/** What the broken servers of lesson 5 share: threads that run model 3's loop, and get connections. */
import { type Accepted, openConnection } from "../../../../models/parts/accept.ts";
import { type HandoverSocket, openHandedOver } from "../../../../models/parts/handover.ts";
import { eventLoop } from "../../../../models/3_io_multiplexing.ts";
import type { ServeOptions } from "../../../../models/parts/options.ts";
import { Selector } from "../../../../models/parts/selector.ts";
import type { ServerContext } from "../../../../models/parts/server_context.ts";
import { startThread, type Thread, threadMain } from "../../../../models/parts/thread.ts";
import type { Gift, Message } from "../../../../models/parts/thread_messages.ts";
import { listenForThreads } from "./common.ts";

/** Listens, and starts as many threads as were asked for; `From` are the messages they send. */
export function listenWithThreads<From extends Message = never>(
  options: ServeOptions,
  module?: string,
) {
  const listening = listenForThreads(options);
  const threads = Array.from(
    { length: options.threads ?? 4 },
    (_, i) => ioThread<From>(i + 1, listening.context, module),
  );
  return { ...listening, threads };
}

/** Starts one thread. */
export function ioThread<From extends Message = never>(
  n: number,
  context: ServerContext,
  module = import.meta.url,
): Thread<From> {
  return startThread(module, `io-${n}`, context, null);
}

/** Gives a connection to the thread. */
export function give(thread: Thread, { id, socket }: Accepted<HandoverSocket>): void {
  const { message, transfer } = socket.handOver();
  thread.post({ kind: "gift", id, message } satisfies Gift, transfer);
}

threadMain<null, Gift>(import.meta, async (context, _init, onMessage) => {
  const selector = new Selector();
  onMessage(({ id, message }) => {
    selector.watch(openConnection({ id, socket: openHandedOver(message)! }, context));
  });
  await eventLoop(selector, context);
});
