/** What the conformance tests send and expect, byte for byte. */
import { concat } from "../../models/parts/sockets/byte_stream.ts";
import net from "node:net";
import { fail } from "@std/assert";
import { shown } from "../grader/clients/client.ts";
import type { RunningServer } from "../grader/server/running_server.ts";
import { bytes, send, text, within } from "../of_parts/helpers.ts";

const HOST = "127.0.0.1";

/** Connects. What is sent goes out at once, each write in a packet of its own. */
export async function connect(server: RunningServer): Promise<Deno.TcpConn> {
  const connecting = Deno.connect({ hostname: HOST, port: server.port });
  const conn = await within(connecting, "the connection");
  conn.setNoDelay(true);
  return conn;
}

/** A bulk string: `$5`, then the bytes. */
export function bulk(content: string | Uint8Array): Uint8Array {
  const body = typeof content === "string" ? bytes(content) : content;
  return joined(`$${body.length}\r\n`, body, "\r\n");
}

/** All bytes in one piece. */
export function joined(...parts: (string | Uint8Array)[]): Uint8Array {
  return concat(parts.map((part) => typeof part === "string" ? bytes(part) : part));
}

/** Sends, and waits for exactly this reply. */
export async function ask(
  conn: Deno.Conn,
  request: string | Uint8Array,
  reply: string | Uint8Array,
): Promise<void> {
  const sent = joined(request);
  await send(conn, sent);
  await expectReply(conn, reply, shown(text(sent)));
}

/**
 * Waits for exactly these bytes. Fails at the first that is another, so that a wrong reply which is
 * shorter than the right one is not waited for in vain.
 *
 * @param toWhat what they are the reply to, for the message.
 */
export async function expectReply(
  conn: Deno.Conn,
  reply: string | Uint8Array,
  toWhat: string,
): Promise<void> {
  const wanted = joined(reply);
  const got = new Uint8Array(wanted.length);
  for (let at = 0; at < got.length;) {
    const count = await readWithin(conn, got.subarray(at), `${toWhat}, after ${at} bytes`);
    if (count === null) fail(`${toWhat}: closed after ${at} of ${wanted.length} bytes`);
    for (const end = at + count; at < end; at++) {
      if (got[at] !== wanted[at]) {
        fail(
          `${toWhat}: from byte ${at} on came ${shown(text(got.subarray(at, end)))}, ` +
            `wanted ${shown(text(wanted.subarray(at)))}`,
        );
      }
    }
  }
}

/** Waits for the server's close: nothing more comes, and no reset. */
export async function expectEnd(conn: Deno.Conn, afterWhat: string): Promise<void> {
  const more = new Uint8Array(256);
  const count = await readWithin(conn, more, `the close after ${afterWhat}`);
  if (count !== null) fail(`after ${afterWhat} came ${shown(text(more.subarray(0, count)))}`);
}

async function readWithin(conn: Deno.Conn, into: Uint8Array, what: string): Promise<number | null> {
  const reading = conn.read(into).catch((error) => {
    throw new Error(`${what}: the connection broke: ${error.message}`, { cause: error });
  });
  return await within(reading, what);
}

/** Connects, sends, and resets the connection (RST, as SO_LINGER 0 does) instead of closing it. */
export function connectAndReset(server: RunningServer, sent: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = net.connect(server.port, HOST, () => {
    if (sent === "") socket.resetAndDestroy();
    else socket.write(sent, () => socket.resetAndDestroy());
  });
  socket.on("error", () => {});
  socket.on("close", () => resolve());
  return within(promise, "the reset of a connection");
}

/** The seed of this run's random numbers. SEED in the environment replays a run that failed. */
export function randomSeed(): number {
  return Number(Deno.env.get("SEED") ?? Math.floor(Math.random() * 2 ** 31));
}
