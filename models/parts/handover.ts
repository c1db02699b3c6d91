/**
 * Hands an accepted connection to another thread. A `Deno.Conn` cannot be posted to a Worker, so
 * there are two ways:
 *
 * - `descriptor`: the main thread posts the number of a duplicated file descriptor, and the thread
 *   opens a socket of its own from it. The thread makes its own system calls. Unix only, and by way
 *   of Node's `net`, see `handover_descriptor.ts`.
 * - `stream`: the main thread posts a pair of streams and pumps the bytes, see `handover_stream.ts`.
 *   Everywhere, but every byte goes through the main thread.
 *
 * Whoever gets the message owns the connection; `reclaim()` takes care of what nobody took.
 */
import type { ListeningSocket } from "./accept.ts";
import type { ByteStream } from "./sockets/byte_stream.ts";
import { openKernel } from "./kernel/handover_kernel.ts";
import { listenToHandOver } from "./kernel/kernel_listen.ts";
import type { ServerContext } from "./server_context.ts";
import { listenForDescriptors, openDescriptor } from "./sockets/handover_descriptor.ts";
import { listenForStreams } from "./sockets/handover_stream.ts";
import type { HandoverWay } from "./options.ts";
import type { HandoverMessage, HandoverSocket } from "./sockets/parcel.ts";
import { TransferredStreams } from "./sockets/transferred_streams.ts";

export type { HandoverMessage, HandoverSocket };

/**
 * Listens for connections of which each gets a thread of its own.
 *
 * @param way "auto" takes descriptors where they exist.
 * @throws as `listenForHandover`.
 */
export function listenForThreads(
  options: { hostname: string; port: number },
  way: HandoverWay,
  context: ServerContext,
): ListeningSocket<HandoverSocket> {
  if (context.kernel !== undefined) return listenToHandOver(options, true);
  return listenForHandover(options, way, context);
}

/**
 * Listens for connections that are to be handed over to threads with many of them.
 *
 * @param way "auto" takes descriptors where they exist; on the kernel floor there is no other way.
 * @throws what `Deno.listen` throws; `Error` when "descriptor" is asked for and does not exist here.
 */
export function listenForHandover(
  options: { hostname: string; port: number },
  way: HandoverWay,
  { kernel }: Partial<Pick<ServerContext, "kernel">> = {},
): ListeningSocket<HandoverSocket> {
  if (kernel !== undefined) return listenToHandOver(options, false);
  const listener = way === "stream" ? undefined : listenForDescriptors(options);
  if (listener === undefined && way === "descriptor") {
    throw new Error("handing over descriptors is not possible here; use the stream way");
  }
  return listener ?? listenForStreams(options);
}

/**
 * Thread: takes over the connection.
 *
 * @returns the connection, now this thread's; undefined when it was reclaimed before.
 */
export function openHandedOver(message: HandoverMessage): ByteStream | undefined {
  if (message.way === "kernel") return openKernel(message);
  return message.way === "descriptor" ? openDescriptor(message) : new TransferredStreams(message);
}
