/**
 * Handing over, the descriptor way: what a C server does by passing `connfd` to a thread. Deno's own
 * sockets don't tell their descriptor, those of `node_listener.ts` do.
 *
 * Invariant of the claim cell: 0 → 1 by the thread, before it opens the descriptor, or 0 → 2 by the
 * main thread, once the thread has ended. Whoever changed it from 0 owns the descriptor; so one that
 * was posted to a thread that ended first is closed, and none is closed twice.
 */
import type net from "node:net";
import type { ListeningSocket } from "../accept.ts";
import type { ByteStream } from "./byte_stream.ts";
import { acceptFrom } from "./accept_all.ts";
import { descriptorOf, listenAtOnce } from "./node_listener.ts";
import { NodeSocketStream } from "./node_socket_stream.ts";
import type { DescriptorMessage, HandoverSocket, Parcel } from "./parcel.ts";

const CLAIMED = 1, RECLAIMED = 2;

/**
 * Main thread: listens, and accepts connections whose descriptors can be handed over.
 *
 * @returns undefined where this platform or this Deno cannot hand over descriptors.
 * @throws what `Deno.listen` throws.
 */
export function listenForDescriptors(
  options: { hostname: string; port: number },
): ListeningSocket<HandoverSocket> | undefined {
  const server = listenAtOnce(options);
  return server && acceptFrom(server, handoverSocket);
}

/**
 * Takes a socket of `net`, which from now on is not to be used in another way.
 *
 * @returns undefined when there is no descriptor left for the duplicate.
 */
export function handoverSocket(socket: net.Socket): HandoverSocket | undefined {
  const { remoteAddress = "unknown", remotePort = 0 } = socket;
  const fd = descriptorOf(socket);
  if (fd < 0) return undefined;
  let own: ByteStream | undefined;
  const here = () => own ??= NodeSocketStream.open(fd);
  return {
    remoteAddr: { transport: "tcp", hostname: remoteAddress, port: remotePort },
    read: (buffer) => here().read(buffer),
    write: (bytes) => here().write(bytes),
    closeWrite: () => here().closeWrite(),
    close: () => here().close(),
    handOver: () => descriptorParcel(fd),
  };
}

function descriptorParcel(fd: number): Parcel {
  const message = descriptorMessage(fd);
  const reclaim = () => {
    reclaimDescriptor(message);
    return true;
  };
  return { message, transfer: [], reclaim };
}

/**
 * Makes what is posted of a descriptor. Who gets the message owns it from now on.
 *
 * @param fd a connected TCP socket's.
 */
export function descriptorMessage(fd: number): DescriptorMessage {
  return { way: "descriptor", fd, claim: new Int32Array(new SharedArrayBuffer(4)) };
}

/** Main thread: closes the descriptor, unless a thread took it. */
export function reclaimDescriptor({ fd, claim }: DescriptorMessage): void {
  if (Atomics.compareExchange(claim, 0, 0, RECLAIMED) === 0) NodeSocketStream.open(fd).close();
}

/**
 * Thread: opens the descriptor, unless the main thread took it back.
 *
 * @param chunkBytes when it is to be read on demand: the most that is read at once.
 */
export function openDescriptor(
  { fd, claim }: DescriptorMessage,
  chunkBytes?: number,
): NodeSocketStream | undefined {
  if (Atomics.compareExchange(claim, 0, 0, CLAIMED) !== 0) return undefined;
  return chunkBytes === undefined
    ? NodeSocketStream.open(fd)
    : NodeSocketStream.openOnDemand(fd, chunkBytes);
}
