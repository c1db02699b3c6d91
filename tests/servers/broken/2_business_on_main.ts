/**
 * Pretends to be lesson 2. Wrong: a client's thread reads and writes, and sends the request to the main
 * thread, which does the business.
 *
 * People keep the data on the main thread, as in programs with a window, and let the threads ask it.
 *
 * Loses 2.P1: with \d+ requests under way, .* were held up
 * Loses 2.P2: 3 clients' business was done by 1 thread
 */
import { Connection } from "../../../models/parts/connection.ts";
import { type HandoverMessage, openHandedOver } from "../../../models/parts/handover.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import type { Reply, Request } from "../../../models/parts/protocol/protocol.ts";
import { threadMain } from "../../../models/parts/thread.ts";
import { acceptForThreads, listenForThreads, type Running, threadFor } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return {
    finished: acceptForThreads(listenForThreads(options), (accepted, context) => {
      const { port1, port2: port } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<Request>) => {
        port1.postMessage(context.business.run(data, accepted.id));
      };
      const thread = threadFor(accepted, context, import.meta.url, { port }, [port]);
      thread.exited.then(() => port1.close());
    }),
  };
}

interface Init {
  readonly id: number;
  readonly message: HandoverMessage;
  readonly port: MessagePort;
}

threadMain<Init>(import.meta, async (context, { id, message, port }) => {
  const connection = new Connection(openHandedOver(message)!, context.connectionOptions(id));
  while (await connection.read()) {
    for (const request of connection.requests()) {
      const reply = new Promise<Reply>((resolve) => port.onmessage = ({ data }) => resolve(data));
      port.postMessage(request);
      connection.reply(await reply);
    }
    await connection.write();
  }
  await connection.close();
});
