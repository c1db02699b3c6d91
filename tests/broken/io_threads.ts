/** What the broken servers of lesson 5 share: threads that run model 3's loop, and get connections. */
import { type Accepted, openConnection } from "../../models/parts/accept.ts";
import type { ByteStream } from "../../models/parts/byte_stream.ts";
import {
  type HandoverMessage,
  type HandoverSocket,
  openHandedOver,
} from "../../models/parts/handover.ts";
import { eventLoop } from "../../models/3_io_multiplexing.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import { Selector } from "../../models/parts/selector.ts";
import type { ServerContext } from "../../models/parts/server_context.ts";
import { startThread, type Thread, threadMain } from "../../models/parts/thread.ts";
import { listenForThreads } from "./parts.ts";

/** What a thread is posted: a connection, and its number. */
export interface Gift {
  readonly id: number;
  readonly message: HandoverMessage;
}

/** Listens, and starts as many threads as were asked for. */
export function listenWithThreads(options: ServeOptions, module?: string) {
  const listening = listenForThreads(options);
  const threads = Array.from(
    { length: options.threads ?? 4 },
    (_, i) => ioThread(i + 1, listening.context, module),
  );
  return { ...listening, threads };
}

/** Starts one thread. */
export function ioThread(n: number, context: ServerContext, module = import.meta.url): Thread {
  return startThread(module, `io-${n}`, context, null);
}

/** Gives a connection to the thread. */
export function give(thread: Thread, { id, socket }: Accepted<HandoverSocket>): void {
  const { message, transfer } = socket.handOver();
  const gift: Gift = { id, message };
  thread.post(gift, transfer);
}

threadMain<null>(import.meta, async (context, _init, onMessage) => {
  const selector = new Selector<ByteStream>();
  onMessage((gift) => {
    const { id, message } = gift as Gift;
    selector.watch(openConnection({ id, socket: openHandedOver(message)! }, context));
  });
  await eventLoop(selector, context);
});
