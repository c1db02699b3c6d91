/** Clients at their worst, and children of model 6 that die: others are served, and nothing is left. */
import { assert, assertEquals } from "@std/assert";
import { concurrentSubjects, type Subject, subjects } from "../conformance/subjects.ts";
import { expectNothingLeft, serveOne, warmUp } from "../conformance/nothing_left.ts";
import { type Body, testEach, type TestOptions } from "../conformance/tests.ts";
import { ask, connect, connectAndReset, expectReply } from "../conformance/wire.ts";
import { processTree } from "../grader/server/proc.ts";
import type { RunningServer } from "../grader/server/running_server.ts";
import { seedOf } from "../fuzz/run.ts";
import { expectGone, nextTurn, randomNumbers, send, within } from "../of_parts/helpers.ts";

const TOO_MANY = "-ERR max number of clients reached\r\n";
/** Where each client, or each event, is a thread, a few will do. */
const few = ({ model }: Subject) => model === 2 || model === 7 ? 4 : 40;

/**
 * A test of a fault: afterwards a client is served, and threads and descriptors are back. Where
 * clients are served side by side, one is asked all the time, and answered.
 */
function survives(title: string, body: Body, options: TestOptions = {}): void {
  testEach(title, async (...args) => {
    const [server, t, subject] = args;
    const before = await warmUp(server, t);
    let over = false;
    const witness = async () => {
      if (subject.serial) return;
      using conn = await connect(server);
      for (let n = 0; !over; n++) {
        await ask(conn, `ECHO ${n}\r\n`, `$${`${n}`.length}\r\n${n}\r\n`);
        await nextTurn();
      }
    };
    const witnessed = witness();
    await body(...args).finally(() => over = true);
    await witnessed;
    await expectNothingLeft(server, t, before);
    await serveOne(server);
  }, options);
}

/** What a client has sent when it resets: nothing, half a request, several, one that takes a while. */
const UNTIL_RESET = [
  "",
  "ECHO hel",
  "*2\r\n$4\r\nECHO\r\n$90000\r\nhel",
  "PING\r\n",
  "SLEEP 20\r\n",
]
  .concat("ECHO a\r\nSLEEP 5\r\n".repeat(20));

survives("clients that reset at drawn moments", async (server, _t, subject) => {
  const seed = seedOf(), random = randomNumbers(seed);
  for (let round = 0; round < 3; round++) {
    await Promise.all(Array.from({ length: few(subject) }, async () => {
      for (let turns = random(8); turns > 0; turns--) await nextTurn();
      await connectAndReset(server, UNTIL_RESET[random(UNTIL_RESET.length)]);
    }));
  }
});

survives(
  "clients that send a byte now and then, and never a whole request",
  async (server, _t, s) => {
    const slow = [];
    for (let i = 0; i < (s.serial ? 1 : few(s)); i++) slow.push(await connect(server));
    for (const letter of "ECHO he") {
      for (const conn of slow) await send(conn, letter);
      await nextTurn();
    }
    for (const conn of slow) conn.close();
  },
);

survives(
  "clients that ask for megabytes and leave without reading",
  async (server, _t, subject) => {
    const request = `ECHO ${"x".repeat(60_000)}\r\n`.repeat(20);
    await Promise.all(Array.from({ length: subject.serial ? 1 : few(subject) / 2 }, async () => {
      using conn = await connect(server);
      const sending = send(conn, request).catch(() => {});
      await nextTurn();
      await nextTurn();
      conn.close();
      await sending;
    }));
  },
);

survives("ten times as many clients as the cap", async (server) => {
  const clients = await Promise.all(Array.from({ length: 30 }, () => connect(server)));
  const replies = await Promise.all(clients.map(async (conn) => {
    const buffer = new Uint8Array(64);
    await send(conn, "PING\r\n").catch(() => {});
    const count = await within(conn.read(buffer), "a reply").catch(() => null);
    return new TextDecoder().decode(buffer.subarray(0, count ?? 0));
  }));
  for (const conn of clients) conn.close();
  // The witness has one of the three places.
  assertEquals(replies.filter((reply) => reply === "+PONG\r\n").length, 2, `${replies}`);
  assertEquals(replies.filter((reply) => reply === TOO_MANY).length, 28);
}, { tested: concurrentSubjects, sizes: () => ({ maxConnections: 3 }) });

testEach(
  "a browser's POST is closed without a reply, and what is behind it not done",
  async (server) => {
    for (
      const begin of ["POST / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"]
    ) {
      using conn = await connect(server);
      await send(conn, `${begin}SLEEP 60000\r\n`);
      const due = begin.startsWith("GET") ? "-ERR unknown command 'GET'\r\n" : "";
      await expectReply(conn, due, "a browser");
      await expectGone(conn);
    }
  },
);

/** The server listens before it has a child; who gets a reply has one. */
async function childThatServes(server: RunningServer, conn: Deno.Conn): Promise<number> {
  await ask(conn, "PING\r\n", "+PONG\r\n");
  return processTree(server.pid)[1];
}

const processes = subjects.filter(({ model }) => model === 6);

testEach("a child that is killed takes its clients along; the next one serves", async (server) => {
  using conn = await connect(server);
  const child = await childThatServes(server, conn);
  Deno.kill(child, "SIGKILL");
  await expectGone(conn);
  await serveOne(server);
  assert(!processTree(server.pid).includes(child));
}, { tested: processes });

testEach(
  "a child that is stopped serves on when it goes on, and nobody is lost",
  async (server) => {
    using conn = await connect(server);
    const child = await childThatServes(server, conn);
    Deno.kill(child, "SIGSTOP");
    await send(conn, "ECHO a\r\n");
    using waits = await connect(server);
    await send(waits, "ECHO b\r\n");
    await nextTurn();
    Deno.kill(child, "SIGCONT");
    await expectReply(conn, "$1\r\na\r\n", "the ECHO of a client that had been served");
    await expectReply(waits, "$1\r\nb\r\n", "the ECHO of a client that came meanwhile");
  },
  { tested: processes },
);
