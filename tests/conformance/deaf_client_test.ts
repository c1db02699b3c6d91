/** A client that does not read its replies delays nobody, costs little, and misses nothing. */
import { assert } from "@std/assert";
import { residentBytes } from "../grader/proc.ts";
import type { RunningServer } from "../grader/target.ts";
import { send } from "../parts/helpers.ts";
import { testEach } from "./tests.ts";
import { array, ask, bulk, connect, expectReply, joined } from "./wire.ts";

const MB = 1_000_000;
/** For up to three such clients; each asks for more than that. */
const MAX_GROWTH_BYTES = 64 * MB;
const CONTENT = new Uint8Array(60_000).fill(120);
/** Requests, and the replies to them, are sent and read by the ten: 0.6 MB. */
const BATCH = 10, ASKED = 170, READ = 40;
const REQUESTS = joined(...Array(BATCH).fill(array("ECHO", CONTENT)));
const REPLIES = joined(...Array(BATCH).fill(bulk(CONTENT)));

/** Connects a client, and returns it when it has been served once. */
async function connectServed(server: RunningServer): Promise<Deno.TcpConn> {
  const conn = await connect(server);
  await ask(conn, array("ECHO", CONTENT), bulk(CONTENT));
  return conn;
}

/** Sends 102 MB, as far as the server takes it. How the connection ends is seen by who reads. */
async function sendAll(conn: Deno.Conn): Promise<void> {
  for (let i = 0; i < ASKED; i++) await send(conn, REQUESTS);
}

testEach("clients that do not read delay nobody and cost little memory", async (...args) => {
  const [server, t, { serial }] = args;
  const deaf: Deno.TcpConn[] = [];
  for (let i = 0; i < (serial ? 1 : 3); i++) deaf.push(await connectServed(server));
  await t.quiet(server);
  const before = residentBytes(server.pid);
  const sending = deaf.map((conn) => sendAll(conn).catch(() => {}));
  await t.quiet(server);
  const growth = residentBytes(server.pid) - before;
  assert(growth < MAX_GROWTH_BYTES, `${deaf.length} clients cost ${Math.round(growth / MB)} MB`);
  if (!serial) {
    using other = await connect(server);
    await ask(other, "PING\r\n", "+PONG\r\n");
  }
  // 24 MB, more than was on its way: the server goes on when the client reads at last.
  for (let i = 0; i < READ; i++) await expectReply(deaf[0], REPLIES, `batch ${i} of ECHO`);
  for (const conn of deaf) conn.close();
  await Promise.all(sending);
});
