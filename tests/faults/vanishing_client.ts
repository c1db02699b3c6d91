/**
 * A client that is gone without a word, as when its machine loses power: no FIN, no reset. On one
 * machine that takes TCP_REPAIR, by which a process may take a socket out of the kernel without telling
 * the other side. Linux only, and for a user who may administer the network.
 */
const AF_INET = 2, SOCK_STREAM = 1, IPPROTO_TCP = 6, TCP_REPAIR = 19;
const SYMBOLS = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  connect: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  send: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
} as const;

/** What can be done with a client's socket. */
type Libc = Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];

let opened: Libc | undefined;
const libc = (): Libc => opened ??= Deno.dlopen("libc.so.6", SYMBOLS).symbols;

/** Whether clients can vanish here. */
export const canVanish = Deno.build.os === "linux" && mayRepair();

function mayRepair(): boolean {
  const fd = libc().socket(AF_INET, SOCK_STREAM, 0);
  const may = repair(fd) === 0;
  libc().close(fd);
  return may;
}

/** From now on nothing that happens to the socket is told to the other side. */
function repair(fd: number): number {
  return libc().setsockopt(fd, IPPROTO_TCP, TCP_REPAIR, Int32Array.of(1), 4);
}

/** Connects to a port of this machine, sends, and vanishes. What was sent has arrived by then. */
export function connectAndVanish(port: number, sent: string): void {
  const address = new Uint8Array(16);
  const view = new DataView(address.buffer);
  view.setUint16(0, AF_INET, new Uint8Array(Uint16Array.of(1).buffer)[0] === 1);
  view.setUint16(2, port);
  address.set([127, 0, 0, 1], 4);
  const content = new TextEncoder().encode(sent);
  const fd = libc().socket(AF_INET, SOCK_STREAM, 0);
  const done = libc().connect(fd, address, address.length) === 0 &&
    Number(libc().send(fd, content, BigInt(content.length), 0)) === content.length &&
    repair(fd) === 0;
  libc().close(fd);
  if (!done) throw new Error("the client could not connect, send and vanish");
}
