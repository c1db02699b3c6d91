/** Listening on the kernel floor, for each way in which a model waits. */
import type { ListeningSocket } from "../accept.ts";
import type { HandoverSocket } from "../sockets/parcel.ts";
import { BlockingListener } from "./blocking_listener.ts";
import type { BlockingSocket } from "./blocking_socket.ts";
import { handoverSocket } from "./handover_kernel.ts";
import { kernelThread } from "./kernel_thread.ts";
import { acceptOne, BACKLOG, hasLeft, openListener } from "./listen_calls.ts";
import { LoopListener } from "./loop_listener.ts";
import type { LoopSocket } from "./loop_socket.ts";
import { closeDescriptor, hasCome } from "./socket_calls.ts";

/** Where to listen. */
export interface Address {
  /** An address of this machine. */
  readonly hostname: string;
  /** 0: any free one. */
  readonly port: number;
}

/**
 * For a thread that is to block in `accept`, and then for the connection that it took.
 *
 * @throws what `Deno.listen` throws.
 */
export function listenToBlock(address: Address): ListeningSocket<BlockingSocket> {
  const thread = kernelThread();
  const fd = openListener(address, true);
  return new BlockingListener(fd, thread, (accepted) => thread.blockingSocket(accepted));
}

/**
 * For a thread that is to wait for many sockets at once.
 *
 * @throws what `Deno.listen` throws.
 */
export function listenToMultiplex(address: Address): ListeningSocket<LoopSocket> {
  const thread = kernelThread();
  const fd = openListener(address, false);
  return new LoopListener(fd, thread.loop, (accepted) => thread.loopSocket(accepted));
}

/**
 * For a main thread that hands every connection to another thread.
 *
 * @param blocks whether both of them block: this one in `accept`, that one, which is started for it, for
 *   its connection. A client that has left by then is not accepted.
 * @throws what `Deno.listen` throws.
 */
export function listenToHandOver(
  address: Address,
  blocks: boolean,
): ListeningSocket<HandoverSocket> {
  const thread = kernelThread();
  const fd = openListener(address, blocks);
  const open = (accepted: number) =>
    handoverSocket(blocks ? stillThere(accepted) : accepted, blocks);
  const listener: ListeningSocket<HandoverSocket> = blocks
    ? new BlockingListener(fd, thread, open)
    : new LoopListener(fd, thread.loop, open);
  return Object.assign(listener, { others: () => acceptOthers(fd, open) });
}

/** Takes those that wait in the accept queue, as long as there are descriptors for them. */
function* acceptOthers<T>(fd: number, open: (accepted: number) => T): Generator<T> {
  for (let most = BACKLOG; most > 0 && hasCome(fd); most--) {
    try {
      yield open(acceptOne(fd)!);
    } catch (error) {
      // That client is gone. Anything else is this machine's trouble, and the next `accept()` tells.
      if (!(error instanceof Deno.errors.NotConnected)) return;
    }
  }
}

/**
 * This thread starts another one for each connection, and blocks meanwhile. A queue full of clients
 * that are gone would keep those behind it waiting for as many threads.
 *
 * @throws `NotConnected` for a client that is gone.
 */
function stillThere(accepted: number): number {
  if (!hasLeft(accepted)) return accepted;
  closeDescriptor(accepted);
  throw new Deno.errors.NotConnected("the client left before it was accepted");
}
