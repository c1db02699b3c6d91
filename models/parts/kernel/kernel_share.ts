/** One listening socket for several processes, on the kernel floor. */
import type { CListener } from "../sockets/c_accept.ts";
import { ownAddress } from "./address.ts";
import { EPOLLEXCLUSIVE, EPOLLIN } from "./epoll.ts";
import type { Address } from "./kernel_listen.ts";
import { kernelThread } from "./kernel_thread.ts";
import { acceptOne, openListener } from "./listen_calls.ts";
import type { LoopSocket } from "./loop_socket.ts";
import { closeDescriptor, hasCome, limitBlocking } from "./socket_calls.ts";

/**
 * What a process may lose in `accept4` when another was first. The socket does not block; but one flag
 * says so for all processes that share it, and to start another clears it.
 */
const MOST_BLOCKED_MS = 5;

/** The listening socket in the process that made it. */
export interface OwnListener {
  /** Its descriptor. */
  readonly fd: number;
  /** The address that it listens on. */
  readonly addr: Deno.NetAddr;
  /** Closes this process's descriptor; may be called more than once. */
  close(): void;
}

/** The listening socket in a process that inherited it. */
export interface InheritedListener {
  /** What can be asked of it. */
  readonly listener: CListener;
  /** The address that it listens on. */
  readonly addr: Deno.NetAddr;
  /** Makes a socket of a descriptor that was accepted. */
  readonly open: (accepted: number, onHeard: () => void) => LoopSocket;
}

/** Main process: listens, and keeps the descriptor for its children. Throws what `Deno.listen` throws. */
export function listenToShare(address: Address): OwnListener {
  const fd = openListener(address, false);
  let closed = false;
  return {
    fd,
    addr: ownAddress(fd),
    close() {
      if (!closed) closeDescriptor(fd);
      closed = true;
    },
  };
}

/** Child process: the socket that it inherited. */
export function inheritedOnKernel(fd: number): InheritedListener {
  const thread = kernelThread();
  limitBlocking(fd, "receive", MOST_BLOCKED_MS);
  const listener: CListener = {
    isReady: () => hasCome(fd),
    accept: () => acceptOne(fd) ?? -1,
    untilReady: () => untilReady(fd),
  };
  const open = (accepted: number, onHeard: () => void): LoopSocket =>
    thread.loopSocket(accepted, { onHeard });
  return { listener, addr: ownAddress(fd), open };
}

/** Settles when the listening socket has a connection, for this process or for another. */
function untilReady(fd: number): Promise<void> {
  const { loop } = kernelThread();
  return new Promise((resolve) => {
    const onReady = () => {
      loop.forget(fd);
      loop.release();
      resolve();
    };
    loop.watch(fd, { onReady }, EPOLLIN | EPOLLEXCLUSIVE);
    loop.hold();
  });
}
