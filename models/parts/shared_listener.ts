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
import { acceptOneByOne } from "./accept_one_by_one.ts";
import { acceptFrom, descriptorOf, listenAtOnce, netAddress, newServer } from "./node_listener.ts";
import { NodeSocketStream } from "./node_socket_stream.ts";
import { assertMayStart } from "./process_start.ts";
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

/**
 * Child process: the socket that it inherited, to accept from.
 *
 * @param connections how many the process has: the more, the longer it lets others accept first.
 */
export function inheritedListener(connections: () => number): ListeningSocket<NodeSocketStream> {
  const server = newServer().listen({ fd: INHERITED_FD });
  return acceptOneByOne(server, connections) ?? acceptFrom(server, openSocket);
}

function openSocket(socket: net.Socket): NodeSocketStream | undefined {
  const fd = descriptorOf(socket);
  return fd < 0 ? undefined : NodeSocketStream.open(fd);
}
