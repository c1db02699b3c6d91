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
import type { AcceptedSocket, ListeningSocket } from "./accept.ts";
import type { ByteStream } from "./byte_stream.ts";
import {
  type DescriptorMessage,
  listenForDescriptors,
  openDescriptor,
} from "./handover_descriptor.ts";
import { listenForStreams, openStreams, type StreamMessage } from "./handover_stream.ts";
import type { HandoverWay } from "./options.ts";

/** What is posted to the thread. */
export type HandoverMessage = DescriptorMessage | StreamMessage;

/** A connection on its way to another thread. */
export interface Parcel {
  /** What to post to the thread, which calls `openHandedOver` with it. */
  readonly message: HandoverMessage;
  /** What has to be moved along with the message, and not copied. */
  readonly transfer: Transferable[];
  /** To be called once the thread has ended: closes what it never opened or left open. */
  reclaim(): void;
}

/** An accepted socket that can be handed over; after `handOver()` it is not to be used here. */
export interface HandoverSocket extends AcceptedSocket {
  /** Gives the socket away; to be called once. */
  handOver(): Parcel;
}

/**
 * Listens for connections that are to be handed over.
 *
 * @param way "auto" takes descriptors where they exist.
 * @throws what `Deno.listen` throws; `Error` when "descriptor" is asked for and does not exist here.
 */
export function listenForHandover(
  options: { hostname: string; port: number },
  way: HandoverWay,
): ListeningSocket<HandoverSocket> {
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
  return message.way === "descriptor" ? openDescriptor(message) : openStreams(message);
}
