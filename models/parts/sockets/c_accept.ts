/**
 * The C library's own `poll` and `accept` on a listening socket, because Deno has no call that takes
 * just one connection. Calling them takes `--allow-ffi`.
 *
 * Nothing here says why `accept` failed: `errno` may be another's by the time it could be asked for.
 */
// Deno 2.9.6: `Deno.listen` cannot share its socket with a child, and `net` takes all who wait at once.
const LIBRARY = Deno.build.os === "darwin" ? "libSystem.B.dylib" : "libc.so.6";
/** `SOL_SOCKET` and `SO_RCVTIMEO`. */
const [SOCKET, RECEIVE_TIMEOUT] = Deno.build.os === "darwin" ? [0xffff, 0x1006] : [1, 20];
const POLL = { name: "poll", parameters: ["buffer", "u64", "i32"], result: "i32" } as const;
const SYMBOLS = {
  pollNow: POLL,
  // In a thread of Deno's own, so that the event loop goes on.
  pollLong: { ...POLL, nonblocking: true },
  accept: { parameters: ["i32", "pointer", "pointer"], result: "i32" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
} as const;
const POLLIN = 1, NO_TIMEOUT = -1, AT_ONCE = 0;
/**
 * What a process may lose in `accept` when another was first. The socket does not block; but one flag
 * says so for all processes that share it, and to start another clears it for a moment.
 */
const MOST_BLOCKED_MS = 5;

/** A listening socket, as C sees it. */
export interface CListener {
  /** Settles when a connection waits in the accept queue. */
  untilReady(): Promise<unknown>;
  /** Whether a connection waits in the accept queue. */
  isReady(): boolean;
  /** Takes one. Returns its descriptor; -1: somebody else was first, or this machine is in trouble. */
  accept(): number;
}

/**
 * Opens the C library for a listening socket.
 *
 * @param fd the socket's descriptor; it stays open as long as the process lives.
 * @returns undefined without the permission, and where there is no such library.
 */
export function openCListener(fd: number): CListener | undefined {
  const libc = openLibrary();
  if (libc === undefined) return undefined;
  const timeout = timeval(MOST_BLOCKED_MS);
  libc.setsockopt(fd, SOCKET, RECEIVE_TIMEOUT, timeout, timeout.length);
  return {
    untilReady: () => libc.pollLong(pollDescriptor(fd), 1n, NO_TIMEOUT),
    isReady: () => libc.pollNow(pollDescriptor(fd), 1n, AT_ONCE) > 0,
    accept: () => libc.accept(fd, null, null),
  };
}

function openLibrary() {
  try {
    return Deno.dlopen(LIBRARY, SYMBOLS).symbols;
  } catch {
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
