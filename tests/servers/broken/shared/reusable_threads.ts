/** Threads that serve one connection after the other: they wait for the next instead of ending. */
import type { Accepted } from "../../../../models/parts/accept.ts";
import { Connection } from "../../../../models/parts/connection.ts";
import {
  type HandoverMessage,
  type HandoverSocket,
  openHandedOver,
} from "../../../../models/parts/handover.ts";
import type { ServerContext } from "../../../../models/parts/server_context.ts";
import { startThread, threadMain } from "../../../../models/parts/thread.ts";
import { serveWhole } from "./common.ts";

interface Job {
  readonly id: number;
  readonly message: HandoverMessage;
}

/** A thread that runs, and takes a connection whenever it is idle. */
export interface ReusableThread {
  /** Serves the connection. Settles when it is closed and the thread is idle again. */
  serve(accepted: Accepted<HandoverSocket>): Promise<void>;
}

/** Starts one. */
export function startReusable(name: string, context: ServerContext): ReusableThread {
  const { port1, port2 } = new MessageChannel();
  startThread(import.meta.url, name, context, port2, { transfer: [port2] });
  return {
    serve({ id, socket }) {
      const { message, transfer } = socket.handOver();
      port1.postMessage({ id, message } satisfies Job, transfer);
      return new Promise((resolve) => port1.onmessage = () => resolve());
    },
  };
}

threadMain<MessagePort>(import.meta, async (context, port) => {
  port.onmessage = async ({ data: { id, message } }: MessageEvent<Job>) => {
    await serveWhole(
      new Connection(openHandedOver(message)!, context.connectionOptions(id)),
      context,
    );
    port.postMessage("idle");
  };
  await new Promise(() => {});
});
