/**
 * Accepting one connection at a time, as a server in C does: wait until the listening socket has one,
 * take that one, and leave those behind it in the accept queue to whoever is free.
 *
 * Deno's `net` takes all that wait in one go. Where several processes share the socket, the first to
 * wake up would have them all, and one long request hold them up beside idle processes. Deno has no
 * other call for it, so these are the C library's own `poll` and `accept`; calling them takes
 * `--allow-ffi`.
 */
import type { ListeningSocket } from "./accept.ts";
import { netAddress, type NodeServer, notListening } from "./node_listener.ts";
import { NodeSocketStream } from "./node_socket_stream.ts";

const LIBRARY = Deno.build.os === "darwin" ? "libSystem.B.dylib" : "libc.so.6";
/** `SOL_SOCKET` and `SO_RCVTIMEO`. */
const [SOCKET, RECEIVE_TIMEOUT] = Deno.build.os === "darwin" ? [0xffff, 0x1006] : [1, 20];
const SYMBOLS = {
  poll: { parameters: ["buffer", "u64", "i32"], result: "i32", nonblocking: true },
  accept: { parameters: ["i32", "pointer", "pointer"], result: "i32" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
} as const;
const POLLIN = 1, NO_TIMEOUT = -1;
/** So long a process lets others accept first: 1 ms for each connection that it has, at most this. */
const MOST_PATIENCE_MS = 10;
/** After another process was first. */
const BEATEN_MS = 1;
/**
 * What a process that was beaten may lose in `accept`. The socket does not block; but one flag says so
 * for all processes, and to start another clears it for a moment.
 */
const MOST_BLOCKED_MS = 5;

/**
 * Accepts in place of a server of `net`, which is closed.
 *
 * @param connections how many the process has.
 * @returns undefined, and the server as it was, where the C library cannot be called.
 */
export function acceptOneByOne(
  server: NodeServer,
  connections: () => number,
): ListeningSocket<NodeSocketStream> | undefined {
  const libc = openLibrary()?.symbols;
  const fd = libc === undefined ? -1 : server._handle?.fdForIpc?.() ?? -1;
  if (libc === undefined || fd < 0) return undefined;
  const addr = netAddress(server);
  server.close();
  const timeout = timeval(MOST_BLOCKED_MS);
  libc.setsockopt(fd, SOCKET, RECEIVE_TIMEOUT, timeout, timeout.length);
  const listening = pollDescriptor(fd);
  const closed = Promise.withResolvers<never>();
  closed.promise.catch(() => {});

  async function accept(): Promise<NodeSocketStream> {
    let waitMs = Math.min(2 * connections(), MOST_PATIENCE_MS);
    for (;;) {
      if (waitMs > 0) await pause(waitMs);
      await Promise.race([libc!.poll(listening, 1n, NO_TIMEOUT), closed.promise]);
      const accepted = libc!.accept(fd, null, null);
      if (accepted >= 0) return NodeSocketStream.open(accepted);
      waitMs = BEATEN_MS;
    }
  }
  // The descriptor, and the thread that polls it, go with the process.
  return { addr, accept, close: () => closed.reject(notListening()) };
}

function openLibrary() {
  try {
    return Deno.dlopen(LIBRARY, SYMBOLS);
  } catch {
    // No permission, or no such library on this platform.
    return undefined;
  }
}

/** `struct pollfd { int fd; short events; short revents; }`, in the processor's byte order. */
function pollDescriptor(fd: number): Uint8Array<ArrayBuffer> {
  const bytes = new ArrayBuffer(8);
  new Int32Array(bytes, 0, 1)[0] = fd;
  new Int16Array(bytes, 4, 1)[0] = POLLIN;
  return new Uint8Array(bytes);
}

/** `struct timeval`, of less than a second. */
function timeval(ms: number): Uint8Array<ArrayBuffer> {
  const bytes = new ArrayBuffer(16);
  new Int32Array(bytes, 8, 1)[0] = ms * 1000;
  return new Uint8Array(bytes);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
