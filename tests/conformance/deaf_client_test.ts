/** A client that does not read its replies delays nobody, costs little, and misses nothing. */
import { assert } from "@std/assert";
import { encodeRequest } from "../../lessons/tools/resp_request.ts";
import { residentBytes } from "../grader/server/proc.ts";
import type { RunningServer } from "../grader/server/running_server.ts";
import { send } from "../of_parts/helpers.ts";
import { subjects } from "./subjects.ts";
import { testEach } from "./tests.ts";
import { ask, bulk, connect, expectReply, joined } from "./wire.ts";

const MB = 1_000_000;
const CONTENT = new Uint8Array(500_000).fill(120);
/** Requests, and the replies to them, are sent and read by twos: 1 MB. */
const BATCH = 2, ASKED = 100, READ = 24;
/**
 * Half of what one such client asks for: a server that reads on and keeps the replies has it all.
 * Closer is not safe. What was collected by then differs; model 7 has a thread for each besides.
 */
const MAX_GROWTH_BYTES = ASKED * MB / 2;
const REQUESTS = joined(...Array(BATCH).fill(encodeRequest("ECHO", CONTENT)));
const REPLIES = joined(...Array(BATCH).fill(bulk(CONTENT)));

/** Connects a client, and returns it when it has been served once. */
async function connectServed(server: RunningServer): Promise<Deno.TcpConn> {
  const conn = await connect(server);
  await ask(conn, encodeRequest("ECHO", CONTENT), bulk(CONTENT));
  return conn;
}

/** Sends 100 MB, as far as the server takes it. How the connection ends is seen by who reads. */
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
  assert(
    growth < deaf.length * MAX_GROWTH_BYTES,
    `${deaf.length} clients cost ${Math.round(growth / MB)} MB`,
  );
  if (!serial) {
    using other = await connect(server);
    await ask(other, "PING\r\n", "+PONG\r\n");
  }
  // 24 MB, more than was on its way: the server goes on when the client reads at last.
  for (let i = 0; i < READ; i++) await expectReply(deaf[0], REPLIES, `batch ${i} of ECHO`);
  for (const conn of deaf) conn.close();
  await Promise.all(sending);
});

testEach(
  "at the cap of threads, clients that do not read hold up others, up to the idle time-out",
  async (server, t) => {
    const deaf = [await connect(server), await connect(server)];
    let cutOff = 0;
    const sending = deaf.map((conn) => sendAll(conn).catch(() => cutOff++));
    await t.quiet(server);
    using other = await connect(server);
    await ask(other, "PING\r\n", "+PONG\r\n");
    assert(cutOff > 0, "a third client was served while two threads were waiting to write");
    for (const conn of deaf) conn.close();
    await Promise.all(sending);
  },
  {
    tested: subjects.filter(({ model }) => model === 7),
    sizes: () => ({ maxEventThreads: 2, idleTimeoutMs: 1500 }),
  },
);
