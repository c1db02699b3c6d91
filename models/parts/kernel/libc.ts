/**
 * The C library's system calls, by way of Deno's FFI: what `Deno.listen` and its connections stand on.
 * Calling them takes `--allow-ffi`, which is every permission: C asks nobody.
 *
 * A call returns what it returns in C; -1 is a failure, and then `errno` says why. It is the calling
 * thread's own, and is to be read at once, before this thread makes another call. Every call here
 * uses its buffers before it returns, so that none has to outlive it.
 */

/** Linux, on processors whose numbers and structs are known here. */
const ARCHITECTURES: readonly string[] = ["x86_64", "aarch64"];

/** The calls with their types in C. */
export const SYMBOLS = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  bind: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  listen: { parameters: ["i32", "i32"], result: "i32" },
  getsockname: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  getpeername: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  accept4: { parameters: ["i32", "buffer", "buffer", "i32"], result: "i32" },
  // What these two return is an `ssize_t`; of our buffers it always fits into 32 bits.
  recv: { parameters: ["i32", "buffer", "usize", "i32"], result: "i32" },
  send: { parameters: ["i32", "buffer", "usize", "i32"], result: "i32" },
  shutdown: { parameters: ["i32", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  dup: { parameters: ["i32"], result: "i32" },
  poll: { parameters: ["buffer", "u64", "i32"], result: "i32" },
  epoll_create1: { parameters: ["i32"], result: "i32" },
  epoll_ctl: { parameters: ["i32", "i32", "i32", "buffer"], result: "i32" },
  epoll_wait: { parameters: ["i32", "buffer", "i32", "i32"], result: "i32" },
  eventfd: { parameters: ["u32", "i32"], result: "i32" },
  eventfd_read: { parameters: ["i32", "buffer"], result: "i32" },
  eventfd_write: { parameters: ["i32", "u64"], result: "i32" },
  inet_pton: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  __errno_location: { parameters: [], result: "pointer" },
} as const;

/** The calls. */
export type Libc = Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];

let opened: { readonly libc: Libc; readonly errno: Deno.UnsafePointerView } | undefined;

/** The calls, for this thread. Throws what `assertKernelFloor` throws. */
export function libc(): Libc {
  return open().libc;
}

/** Why this thread's last call failed: a number of `errno.h`. */
export function errno(): number {
  return open().errno.getInt32();
}

function open() {
  if (opened !== undefined) return opened;
  assertKernelFloor();
  const { symbols } = Deno.dlopen("libc.so.6", SYMBOLS);
  const place = symbols.__errno_location();
  // It is never null; the type says that a pointer may be.
  if (place === null) throw new Error("the C library has no errno");
  return opened = { libc: symbols, errno: new Deno.UnsafePointerView(place) };
}

/** Whether this machine has a kernel floor; calling it takes a permission besides. */
export function kernelFloorExists(): boolean {
  return Deno.build.os === "linux" && ARCHITECTURES.includes(Deno.build.arch);
}

/**
 * Looks whether the system calls can be made here.
 *
 * @throws Error that says what is missing, in one line.
 */
export function assertKernelFloor(): void {
  const { os, arch } = Deno.build;
  if (!kernelFloorExists()) {
    throw new Error(`io: "kernel" takes Linux on x86-64 or arm64; this is ${os} on ${arch}`);
  }
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") {
    throw new Error('io: "kernel" calls the C library, which takes --allow-ffi');
  }
}
