/**
 * One listening socket for several processes, as in C, where a child inherits it from the process
 * that forked it: the kernel wakes every process that waits for it, and one of them gets the
 * connection.
 *
 * The main process keeps a descriptor of the socket and no more: it never accepts. A child finds it
 * as its own descriptor 3, the first behind standard input, output and error.
 */
import type net from "node:net";
import type { ListeningSocket } from "./accept.ts";
import { inheritedOnKernel, listenToShare } from "./kernel/kernel_share.ts";
import type { AcceptedSocket } from "./sockets/accepted_socket.ts";
import { acceptFrom } from "./sockets/accept_all.ts";
import { acceptOneByOne, OneByOne } from "./sockets/accept_one_by_one.ts";
import { descriptorOf, listenAtOnce, netAddress, newServer } from "./sockets/node_listener.ts";
import { NodeSocketStream } from "./sockets/node_socket_stream.ts";
import { assertMayStart } from "./processes/process_start.ts";
import type { ServerContext } from "./server_context.ts";

/** Where a child finds the listening socket. */
const INHERITED_FD = 3;

/** The listening socket, in the process that keeps it for others. */
export interface SharedListener {
  /** The address that it listens on. */
  readonly addr: Deno.NetAddr;
  /** The context of the server that it belongs to. */
  readonly context: ServerContext;
  /** The descriptor that children inherit. */
  readonly fd: number;
  /** Closes this process's descriptor; the socket listens until the last process has closed its own. */
  close(): void;
}

/**
 * Main process: listens for the children, and tells that it does.
 *
 * @throws what `Deno.listen` throws; `Error` where descriptors cannot be given away, and without the
 *   permission to start children.
 */
export function listenForChildren(
  options: { hostname: string; port: number },
  context: ServerContext,
): SharedListener {
  assertMayStart();
  if (context.kernel !== undefined) return listenOnKernel(options, context);
  const server = listenAtOnce(options);
  const fd = server?._handle?.fdForIpc?.() ?? -1;
  if (server === undefined || fd < 0) {
    throw new Error("processes cannot share a listening socket here; it takes Linux or macOS");
  }
  const addr = netAddress(server);
  // It would accept in its next turn. The socket lives on in the duplicate.
  server.close();
  context.onListen?.(addr);
  context.trace?.("listen", 0, `${addr.hostname}:${addr.port}`);
  let closed = false;
  return {
    addr,
    context,
    fd,
    close() {
      if (!closed) newServer().listen({ fd }).close();
      closed = true;
    },
  };
}

function listenOnKernel(
  options: { hostname: string; port: number },
  context: ServerContext,
): SharedListener {
  const { fd, addr, close } = listenToShare(options);
  context.onListen?.(addr);
  context.trace?.("listen", 0, `${addr.hostname}:${addr.port}`);
  return { fd, addr, context, close };
}

/**
 * Child process: the socket that it inherited, to accept from. The more connections the process has,
 * the longer it lets others accept first.
 */
export function inheritedListener(context: ServerContext): ListeningSocket<AcceptedSocket> {
  const connections = () => context.state.counters.connected_clients;
  if (context.kernel !== undefined) {
    const { listener, addr, open } = inheritedOnKernel(INHERITED_FD);
    return new OneByOne(listener, addr, connections, open);
  }
  const server = newServer().listen({ fd: INHERITED_FD });
  return acceptOneByOne(server, connections) ?? acceptFrom(server, openSocket);
}

function openSocket(socket: net.Socket): NodeSocketStream | undefined {
  const fd = descriptorOf(socket);
  return fd < 0 ? undefined : NodeSocketStream.open(fd);
}
