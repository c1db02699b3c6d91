/** A listening socket made by the system calls themselves: `socket`, `bind`, `listen`, `accept4`. */
import { AF_INET, AF_INET6, packAddress } from "./address.ts";
import { errno, libc } from "./libc.ts";
import { closeDescriptor, isInterrupted, peekNow } from "./socket_calls.ts";
import { checked, ERRNO, SystemCallError } from "./system_call_error.ts";

const SOCK_STREAM = 1, SOCK_CLOEXEC = 0o2000000, SOCK_NONBLOCK = 0o4000;
const SOL_SOCKET = 1, SO_REUSEADDR = 2, IPPROTO_TCP = 6, TCP_NODELAY = 1;
/** Connections that wait in the accept queue at most: Node's default, and redis-server's. */
export const BACKLOG = 511;
const YES = new Uint8Array(Int32Array.of(1).buffer);

/** What `Deno.listen` throws for these; callers know those errors. */
const DENO_ERRORS = new Map<number, new (message: string) => Error>([
  [ERRNO.EADDRINUSE, Deno.errors.AddrInUse],
  [ERRNO.EADDRNOTAVAIL, Deno.errors.AddrNotAvailable],
  [ERRNO.EACCES, Deno.errors.PermissionDenied],
]);

/**
 * Listens.
 *
 * @param blocks whether a thread that accepts is to block; otherwise it is told to try again.
 * @returns the descriptor.
 * @throws what `Deno.listen` throws.
 */
export function openListener(
  { hostname, port }: { hostname: string; port: number },
  blocks: boolean,
): number {
  // C would not ask for the permission.
  const net = {
    name: "net",
    host: `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`,
  };
  if (Deno.permissions.querySync(net as Deno.NetPermissionDescriptor).state !== "granted") {
    throw new Deno.errors.NotCapable(`Requires net access to "${net.host}"`);
  }
  const address = packAddress(hostname, port);
  const family = hostname.includes(":") ? AF_INET6 : AF_INET;
  const type = SOCK_STREAM | SOCK_CLOEXEC | (blocks ? 0 : SOCK_NONBLOCK);
  const fd = checked("socket", libc().socket(family, type, 0));
  try {
    setOption(fd, SOL_SOCKET, SO_REUSEADDR);
    // Accepted sockets inherit it.
    setOption(fd, IPPROTO_TCP, TCP_NODELAY);
    began("bind", libc().bind(fd, address, address.length), hostname, port);
    began("listen", libc().listen(fd, BACKLOG), hostname, port);
  } catch (error) {
    closeDescriptor(fd);
    throw error;
  }
  return fd;
}

function setOption(fd: number, level: number, option: number): void {
  checked("setsockopt", libc().setsockopt(fd, level, option, YES, YES.length));
}

function began(call: string, result: number, hostname: string, port: number): void {
  if (result === 0) return;
  const error = new SystemCallError(call, errno());
  const Known = DENO_ERRORS.get(error.number);
  throw Known === undefined ? error : new Known(`${error.message}: ${hostname}:${port}`);
}

/**
 * `accept4`: takes a connection out of the accept queue.
 *
 * @returns its descriptor; undefined when there is none, where the socket does not block.
 * @throws `NotConnected` for a client that is gone already; `BadResource` when the socket was shut down.
 */
export function acceptOne(fd: number): number | undefined {
  for (;;) {
    const accepted = libc().accept4(fd, null, null, SOCK_CLOEXEC);
    if (accepted >= 0) return accepted;
    const number = errno();
    if (number === ERRNO.ECONNABORTED) {
      throw new Deno.errors.NotConnected("ECONNABORTED in accept4");
    }
    if (number === ERRNO.EINVAL) throw notListening();
    if (!isInterrupted("accept4")) return undefined;
  }
}

/** Whether the client of a connection has left without a word: there is nothing to be read of it. */
export function hasLeft(fd: number): boolean {
  try {
    return peekNow(fd) === null;
  } catch (error) {
    // Reset.
    if (error instanceof SystemCallError) return true;
    throw error;
  }
}

/** What `accept()` throws once the socket is closed. */
export function notListening(): Error {
  return new Deno.errors.BadResource("the listening socket is closed");
}
