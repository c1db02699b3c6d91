/** What the tests of the parts share: deadlines, sockets, random numbers. */
import { assertEquals } from "@std/assert";
import { type ByteStream, concat } from "../../models/parts/sockets/byte_stream.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import { ServerContext } from "../../models/parts/server_context.ts";

/** Far longer than anything here takes, on a machine that is overloaded as well: whoever hits it hangs. */
const HUNG_MS = 120_000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The bytes of a text, in UTF-8. */
export function bytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of some bytes. */
export function text(content: Uint8Array): string {
  return decoder.decode(content);
}

/** The result of `promise`; fails when it hangs. `what` was waited for. */
export async function within<T>(
  promise: Promise<T>,
  what: string,
  hungMs = HUNG_MS,
): Promise<T> {
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const hung = new Promise<never>((_, reject) => {
    deadline = setTimeout(() => reject(new Error(`hung, waiting for ${what}`)), hungMs);
  });
  return await Promise.race([promise, hung]).finally(() => clearTimeout(deadline));
}

/** Waits until something holds that no event tells of; fails when it never does. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + HUNG_MS;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`hung, waiting until ${what}`);
    await nextTurn();
  }
}

/**
 * Listens on a port that nobody keeps; fails when somebody does. A program that this process is just
 * starting may have the port's last listening socket for a moment: between fork and exec it has all
 * that this process had open.
 */
export async function listenAgain(
  options: { hostname: string; port: number },
): Promise<Deno.TcpListener> {
  let listener: Deno.TcpListener | undefined;
  await until(() => {
    try {
      listener = Deno.listen(options);
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
    return listener !== undefined;
  }, `nobody listens on port ${options.port}`);
  return listener!;
}

/** One more turn of the event loop: due timers have fired, and what the kernel had was delivered. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2));
}

/** Numbers from 0 to `below - 1` that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 * below);
  };
}

/** Many bytes of every value; the same for the same length. */
export function manyBytes(length: number): Uint8Array {
  const random = randomNumbers(length);
  return Uint8Array.from({ length }, () => random(256));
}

/** The main thread's context of a server that doesn't listen yet. */
export function newContext(options: ServeOptions = {}): ServerContext {
  return ServerContext.forMain("test", {}, options);
}

/** Two ends of one TCP connection. The caller closes both. */
export async function socketPair(): Promise<{ client: Deno.TcpConn; server: Deno.TcpConn }> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const [client, server] = await Promise.all([connect(listener.addr), listener.accept()]);
  return { client, server };
}

/** Connects to a server. */
export async function connect(addr: Deno.Addr): Promise<Deno.TcpConn> {
  const { hostname, port } = addr as Deno.NetAddr;
  return await within(Deno.connect({ hostname, port }), "the connection");
}

/** Sends all the bytes. */
export async function send(stream: ByteStream, content: Uint8Array | string): Promise<void> {
  const whole = typeof content === "string" ? bytes(content) : content;
  for (let sent = 0; sent < whole.length;) sent += await stream.write(whole.subarray(sent));
}

/** Reads until the other side has sent its last. Throws when it was a reset. */
export async function receiveAll(stream: ByteStream): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const buffer = new Uint8Array(64 * 1024);
  const read = () => within(stream.read(buffer), `the end, after ${parts.length} reads`);
  for (let count = await read(); count !== null; count = await read()) {
    parts.push(buffer.slice(0, count));
  }
  return concat(parts);
}

/** Waits for exactly this text. */
export async function expectText(stream: ByteStream, expected: string): Promise<void> {
  const buffer = new Uint8Array(expected.length);
  let at = 0;
  while (at < buffer.length) {
    const read = stream.read(buffer.subarray(at));
    const count = await within(read, `${JSON.stringify(expected)}, after ${at} bytes`);
    if (count === null) break;
    at += count;
  }
  assertEquals(text(buffer.subarray(0, at)), expected);
}

/** Waits for the end of the connection, by a close or a reset; whatever comes before is dropped. */
export async function expectGone(stream: ByteStream): Promise<void> {
  const buffer = new Uint8Array(64 * 1024);
  const read = () => stream.read(buffer).catch(() => null);
  while (await within(read(), "the end of the connection") !== null);
}

/** Descriptors that this process has open. Linux only; `ls`, as Deno itself may not read /proc. */
export function openDescriptors(): number {
  const { stdout } = new Deno.Command("ls", { args: [`/proc/${Deno.pid}/fd`] }).outputSync();
  return text(stdout).split("\n").length;
}
