/** Requests of half a megabyte that don't end, from many clients: what they cost, and that others go on. */
import { assert } from "@std/assert";
import { expectNothingLeft, serveOne, warmUp } from "../conformance/nothing_left.ts";
import { testEach } from "../conformance/tests.ts";
import { bulk, connect, expectReply } from "../conformance/wire.ts";
import { processTree, residentBytes } from "../grader/server/proc.ts";
import { send } from "../of_parts/helpers.ts";

const MIB = 2 ** 20;
const CONTENT = new Uint8Array(500_000).fill(120);
const HEAD = `*2\r\n$4\r\nECHO\r\n$${CONTENT.length}\r\n`;
/** A few where each client, or each event, is a thread. */
const CLIENTS = 40, FEW = 8;
/** Of each half of a request: its bytes, the buffer that has grown for them, and the one before. */
const MOST_TIMES = 4;
/** What V8 has not cleared away yet, and the stack and heap of a thread. */
const MOST_BESIDES = 48 * MIB, MOST_OF_THREAD = 32 * MIB;

testEach(
  "requests that don't end cost what was sent of them, and hold up nobody",
  async (...args) => {
    const [server, t, { model, serial }] = args;
    const before = await warmUp(server, t);
    const resident = () =>
      processTree(server.pid).reduce((sum, pid) => sum + residentBytes(pid), 0);
    const atRest = resident();
    const threads = model === 2 || model === 7;
    const clients: Deno.TcpConn[] = [];
    for (let i = 0; i < (serial ? 1 : threads ? FEW : CLIENTS); i++) {
      const conn = await connect(server);
      await send(conn, HEAD);
      await send(conn, CONTENT);
      clients.push(conn);
    }
    await t.quiet(server);
    if (!serial) await serveOne(server);
    const each = CONTENT.length * MOST_TIMES + (threads ? MOST_OF_THREAD : 0);
    const growth = resident() - atRest;
    assert(
      growth < clients.length * each + MOST_BESIDES,
      `${clients.length} clients cost ${Math.round(growth / MIB)} MiB`,
    );
    for (const conn of clients) {
      await send(conn, "\r\n");
      await expectReply(conn, bulk(CONTENT), "a request that came whole at last");
      conn.close();
    }
    await expectNothingLeft(server, t, before);
    await serveOne(server);
  },
);
