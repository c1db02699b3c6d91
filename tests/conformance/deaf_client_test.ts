/** A client that does not read its replies delays nobody, costs little, and misses nothing. */
import { assert } from "@std/assert";
import { residentBytes } from "../grader/proc.ts";
import type { RunningServer } from "../grader/target.ts";
import { send } from "../parts/helpers.ts";
import { testEach } from "./tests.ts";
import { array, ask, bulk, connect, expectReply, joined } from "./wire.ts";

const MB = 1_000_000;
/** Three such clients have 72 MB of replies coming, and the server may not keep them. */
const MAX_GROWTH_BYTES = 64 * MB;
const CONTENT = new Uint8Array(60_000).fill(120);
const BATCHES = 40, BATCH = 10;
const REQUESTS = joined(...Array(BATCH).fill(array("ECHO", CONTENT)));
const REPLIES = joined(...Array(BATCH).fill(bulk(CONTENT)));

/** Connects a client, and returns it when it has been served once. */
async function connectServed(server: RunningServer): Promise<Deno.TcpConn> {
  const conn = await connect(server);
  await ask(conn, array("ECHO", CONTENT), bulk(CONTENT));
  return conn;
}

/** Sends 24 MB, as far as the server takes it, and reads nothing. */
async function sendAll(conn: Deno.Conn): Promise<void> {
  for (let i = 0; i < BATCHES; i++) await send(conn, REQUESTS);
}

testEach("clients that do not read delay nobody and cost little memory", async (...args) => {
  const [server, t, { serial }] = args;
  const deaf: Deno.TcpConn[] = [];
  for (let i = 0; i < (serial ? 1 : 3); i++) deaf.push(await connectServed(server));
  await t.quiet(server);
  const before = residentBytes(server.pid);
  const sending = deaf.map(sendAll);
  for (const one of sending) one.catch(() => {});
  await t.quiet(server);
  const growth = residentBytes(server.pid) - before;
  assert(growth < MAX_GROWTH_BYTES, `${deaf.length} clients cost ${Math.round(growth / MB)} MB`);
  if (!serial) {
    using other = await connect(server);
    await ask(other, "PING\r\n", "+PONG\r\n");
  }
  for (const conn of deaf.slice(1)) conn.close();
  // The first one reads at last: all that it asked for comes, and the server reads on meanwhile.
  for (let i = 0; i < BATCHES; i++) await expectReply(deaf[0], REPLIES, `batch ${i} of ECHO`);
  await sending[0];
  await ask(deaf[0], "PING\r\n", "+PONG\r\n");
  deaf[0].close();
  await Promise.allSettled(sending);
});
