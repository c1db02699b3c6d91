/**
 * Handing over, the descriptor way: what a C server does by passing `connfd` to a thread.
 *
 * Deno's own sockets don't tell their descriptor, Node's `net` in Deno does, by three members that
 * are not documented API: `server._listen2` (listens at once, not in a later turn), `_handle` and
 * `fdForIpc()` (a duplicate of the descriptor). They are looked for before they are used.
 *
 * Invariant of the claim cell: 0 → 1 by the thread, before it opens the descriptor, or 0 → 2 by the
 * main thread, once the thread has ended. Whoever changed it from 0 owns the descriptor; so one that
 * was posted to a thread that ended first is closed, and none is closed twice.
 */
import net from "node:net";
import type { ListeningSocket } from "./accept.ts";
import type { ByteStream } from "./byte_stream.ts";
import type { HandoverSocket, Parcel } from "./handover.ts";
import { NodeSocketStream } from "./node_socket_stream.ts";

const BACKLOG = 511;
const CLAIMED = 1, RECLAIMED = 2;

/** The number of a descriptor, and the cell that says who owns it. */
export interface DescriptorMessage {
  /** Which of the two ways this is. */
  readonly way: "descriptor";
  /** The descriptor's number in this process. */
  readonly fd: number;
  /** The claim cell. */
  readonly claim: Int32Array<SharedArrayBuffer>;
}

/** A server and a socket of `net`, with the members that the documentation doesn't show. */
type OpenServer = net.Server & {
  _handle?: { fdForIpc?(): number };
  _listen2?(host: string, port: number, family: 4 | 6, backlog: number): void;
};
type OpenSocket = net.Socket & { _handle: { fdForIpc?(): number } };

/**
 * Main thread: listens, and accepts connections whose descriptors can be handed over.
 *
 * @returns undefined where this platform or this Deno cannot hand over descriptors.
 * @throws what `Deno.listen` throws.
 */
export function listenForDescriptors(
  { hostname, port }: { hostname: string; port: number },
): ListeningSocket<HandoverSocket> | undefined {
  const server = net.createServer({ pauseOnConnect: true, allowHalfOpen: true }) as OpenServer;
  const arrived: HandoverSocket[] = [];
  let waiting: PromiseWithResolvers<HandoverSocket> | undefined;
  server.on("connection", (socket) => {
    const accepted = server.listening ? handoverSocket(socket as OpenSocket) : undefined;
    // Nobody would take it any more, or the process is out of descriptors: the client is let go.
    if (accepted === undefined) return void socket.destroy();
    if (waiting === undefined) arrived.push(accepted);
    else waiting.resolve(accepted);
    waiting = undefined;
  });
  // A failed listen shows in the missing address, and is reported there.
  server.on("error", () => {});
  if (Deno.build.os === "windows" || server._listen2 === undefined) return undefined;
  const ip = net.isIP(hostname) === 0 ? addressOf(hostname, port) : hostname;
  server._listen2(ip, port, ip.includes(":") ? 6 : 4, BACKLOG);
  const address = server.address() as net.AddressInfo | null;
  if (address === null) throw whyNot(hostname, port);
  if (typeof server._handle?.fdForIpc !== "function") {
    server.close();
    return undefined;
  }
  return {
    addr: { transport: "tcp", hostname: address.address, port: address.port },
    accept() {
      const next = arrived.shift();
      if (next !== undefined) return Promise.resolve(next);
      if (!server.listening) return Promise.reject(notListening());
      waiting = Promise.withResolvers();
      return waiting.promise;
    },
    close() {
      server.close();
      for (const socket of arrived.splice(0)) socket.close();
      waiting?.reject(notListening());
    },
  };
}

/** What `Deno.Listener.accept()` throws once the listener is closed. */
function notListening(): Error {
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

/** @returns undefined when there is no descriptor left for the duplicate. */
function handoverSocket(socket: OpenSocket): HandoverSocket | undefined {
  const { remoteAddress = "unknown", remotePort = 0 } = socket;
  const fd = socket._handle.fdForIpc?.() ?? -1;
  if (fd < 0) return undefined;
  // This closes the main thread's descriptor only: the connection lives on in the duplicate.
  socket.on("error", () => {});
  socket.destroy();
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
  const claim = new Int32Array(new SharedArrayBuffer(4));
  return {
    message: { way: "descriptor", fd, claim },
    transfer: [],
    reclaim() {
      if (Atomics.compareExchange(claim, 0, 0, RECLAIMED) === 0) NodeSocketStream.open(fd).close();
    },
  };
}

/** Thread: opens the descriptor, unless the main thread took it back. */
export function openDescriptor({ fd, claim }: DescriptorMessage): ByteStream | undefined {
  return Atomics.compareExchange(claim, 0, 0, CLAIMED) === 0
    ? NodeSocketStream.open(fd)
    : undefined;
}
