/**
 * Handing over on the kernel floor: the number of the descriptor is posted, and that is all. Whoever
 * has the number can read and write; so the only question is who closes it.
 *
 * Invariant of the claim cell: 0 → 1 by the thread that takes the connection, 1 → 2 or 3 when it
 * closes it, 3 when it has counted it as closed as well. The starter changes any of them to 4 once the
 * thread has ended: then what was 0 or 1 is the starter's to close.
 */
import type { ByteStream } from "../sockets/byte_stream.ts";
import type { HandoverSocket, KernelMessage, Parcel } from "../sockets/parcel.ts";
import type { LoopSocketOptions } from "./loop_socket.ts";
import { kernelThread } from "./kernel_thread.ts";
import { closeDescriptor } from "./socket_calls.ts";

const OFFERED = 0, TAKEN = 1, CLOSED = 2, COUNTED = 3, RECLAIMED = 4;

/**
 * Makes what is posted of a descriptor. Who gets the message owns it from now on.
 *
 * @param blocks whether the thread is to block for it; otherwise it multiplexes.
 */
export function kernelMessage(fd: number, blocks: boolean): KernelMessage {
  return { way: "kernel", fd, blocks, claim: new Int32Array(new SharedArrayBuffer(4)) };
}

/**
 * An accepted connection that can be handed over.
 *
 * @param fd its descriptor, from now on this socket's own.
 * @param blocks as for `kernelMessage`.
 */
export function handoverSocket(fd: number, blocks: boolean): HandoverSocket {
  const socket = kernelThread().loopSocket(fd);
  return Object.assign(socket, {
    handOver(): Parcel {
      const message = kernelMessage(socket.release(), blocks);
      return { message, transfer: [], reclaim: () => reclaimKernel(message) };
    },
  });
}

/**
 * Starter: closes the descriptor, if the thread has not.
 *
 * @returns whether the connection is still to be counted as closed.
 */
export function reclaimKernel({ fd, claim }: KernelMessage): boolean {
  const before = Atomics.exchange(claim, 0, RECLAIMED);
  if (before === OFFERED || before === TAKEN) closeDescriptor(fd);
  return before !== COUNTED;
}

/**
 * Thread: takes the connection.
 *
 * @returns undefined when it was reclaimed before.
 */
export function openKernel(
  { fd, claim, blocks }: KernelMessage,
  options: LoopSocketOptions = {},
): ByteStream | undefined {
  if (Atomics.compareExchange(claim, 0, OFFERED, TAKEN) !== OFFERED) return undefined;
  const thread = kernelThread();
  const leave = (how: number) => Atomics.compareExchange(claim, 0, TAKEN, how);
  if (!blocks) return thread.loopSocket(fd, { ...options, onClose: () => leave(CLOSED) });
  return thread.blockingSocket(fd, () => {
    // The starter is blocked in `accept`, and will not count it before the next client.
    if (leave(COUNTED) === TAKEN) thread.connectionClosed();
  });
}

/** Thread that only watches: its `read` reads nothing, and tells that there is something. */
export function openKernelToWatch(message: KernelMessage): ByteStream | undefined {
  return openKernel(message, { peeks: true });
}
