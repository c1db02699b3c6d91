/**
 * A listening socket of Node's `net`. Unlike Deno's own, it has a descriptor that can be given away,
 * and its connections have too.
 *
 * Three members of it are no documented API: `_listen2` (listens at once, not in a later turn),
 * `_handle` and `fdForIpc` (a duplicate of the descriptor). They are looked for before they are used.
 */
import "../server/proc_needed.ts";
import type Net from "node:net";

/** Loaded when it is first used: that takes as long as all else that a thread does at its start. */
const net = () => process.getBuiltinModule("node:net");

/** So many connections wait in the accept queue at most. */
export const BACKLOG = 511;

// Deno 2.9.6: a `Deno.Conn` does not tell its descriptor, so it is taken from Node's socket, by members
// that no documentation has.

/** What stands behind a server or a socket of `net`, as far as we use it. */
export interface Handle {
  /** A duplicate of the descriptor; -1 where there is none. */
  fdForIpc?(): number;
}

/** A server of `net` with the members that the documentation doesn't show. */
export type NodeServer = Net.Server & {
  _handle?: Handle;
  _listen2?(host: string, port: number, family: 4 | 6, backlog: number): void;
};

/** A server that does not listen yet; it keeps connections open that the client half-closed. */
export function newServer(): NodeServer {
  const server = net().createServer({ pauseOnConnect: true, allowHalfOpen: true }) as NodeServer;
  // A failed listen shows in the missing address, and is reported there.
  return server.on("error", () => {});
}

/**
 * Listens at once. In this turn of Deno's loop nothing is accepted yet.
 *
 * @returns undefined where this platform or this Deno has no descriptors to give away.
 * @throws what `Deno.listen` throws.
 */
export function listenAtOnce(
  { hostname, port }: { hostname: string; port: number },
): NodeServer | undefined {
  const server = newServer();
  if (Deno.build.os === "windows" || server._listen2 === undefined) return undefined;
  const ip = net().isIP(hostname) === 0 ? addressOf(hostname, port) : hostname;
  server._listen2(ip, port, ip.includes(":") ? 6 : 4, BACKLOG);
  if (server.address() === null) throw whyNot(hostname, port);
  if (typeof server._handle?.fdForIpc === "function") return server;
  server.close();
}

/** Where the server listens. */
export function netAddress(server: NodeServer): Deno.NetAddr {
  const { address, port } = server.address() as Net.AddressInfo;
  return { transport: "tcp", hostname: address, port };
}

/** A duplicate of the socket's descriptor; -1 when there is none left. */
export function duplicateOf(socket: Net.Socket): number {
  return (socket as Net.Socket & { _handle?: Handle })._handle?.fdForIpc?.() ?? -1;
}

/**
 * Takes the descriptor out of a socket of `net`, which from now on is not to be used.
 *
 * @returns -1 when there is no descriptor left for the duplicate.
 */
export function descriptorOf(socket: Net.Socket): number {
  const fd = duplicateOf(socket);
  // This closes the socket's own descriptor only: the connection lives on in the duplicate.
  socket.on("error", () => {});
  socket.destroy();
  return fd;
}

/** What `Deno.Listener.accept()` throws once the listener is closed. */
export function notListening(): Error {
  return new Deno.errors.BadResource("the listening socket is closed");
}

/** The address of a name such as `localhost`; throws what `Deno.listen` throws. */
function addressOf(name: string, port: number): string {
  const probe = Deno.listen({ hostname: name, port });
  probe.close();
  return probe.addr.hostname;
}

/** The reason why nothing can listen there, as `Deno.listen` gives it. */
function whyNot(hostname: string, port: number): Error {
  try {
    Deno.listen({ hostname, port }).close();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  return new Deno.errors.AddrInUse(`Address already in use: ${hostname}:${port}`);
}
