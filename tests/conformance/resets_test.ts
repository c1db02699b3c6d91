/** Clients that reset their connection leave nothing behind: no descriptor, no thread, no place. */
import { assert, assertEquals } from "@std/assert";
import type { Experiment } from "../grader/experiment.ts";
import { openDescriptors, processTree } from "../grader/proc.ts";
import type { RunningServer } from "../grader/target.ts";
import { receiveAll, send, text } from "../parts/helpers.ts";
import { infoOf, untilInfo } from "./info.ts";
import type { Subject } from "./subjects.ts";
import { testEach } from "./tests.ts";
import { ask, connect, connectAndReset } from "./wire.ts";

const TOO_MANY = "-ERR max number of clients reached\r\n";
const AT_ONCE = 60;

/** Model 2 pays for each client with a thread; those above its cap take another way, tried as well. */
const sizes = ({ model }: Subject) => model === 2 ? { maxConnections: 4 } : {};

/** Serves two clients, so that what the first ones cost is paid, and counts what the server has. */
async function warmUp(server: RunningServer, t: Experiment) {
  for (let i = 0; i < 2; i++) await serveOne(server);
  await t.quiet(server);
  return { descriptors: openDescriptors(server.pid), threads: server.threads().length };
}

async function serveOne(server: RunningServer): Promise<void> {
  using conn = await connect(server);
  await ask(conn, "ECHO hello\r\n", "$5\r\nhello\r\n");
}

/** Some time after its start, Deno starts a thread of its own, with an event loop, in each process. */
const SPARE = { descriptors: 2, threads: 1 };

/** Waits until the server has no more than it had before; it fails when the server waits as well. */
async function expectNothingLeft(
  server: RunningServer,
  t: Experiment,
  before: { descriptors: number; threads: number },
): Promise<void> {
  const processes = processTree(server.pid).length;
  let descriptors = 0, threads = 0;
  const nothingLeft = await t.until(server, () => {
    descriptors = openDescriptors(server.pid) - before.descriptors;
    threads = server.threads().length - before.threads;
    return descriptors <= processes * SPARE.descriptors && threads <= processes * SPARE.threads;
  });
  assert(nothingLeft, `${descriptors} descriptors and ${threads} threads more than before`);
}

/** A client that asks, gets its reply and closes. */
async function orderly(server: RunningServer, subject: Subject): Promise<void> {
  using conn = await connect(server);
  await send(conn, "PING\r\n");
  await conn.closeWrite();
  const reply = text(await receiveAll(conn));
  assert(reply === "+PONG\r\n" || (subject.model === 2 && reply === TOO_MANY), `got ${reply}`);
}

testEach("300 clients, half of them reset in mid-request, leave nothing", async (...args) => {
  const [server, t, subject] = args;
  const before = await warmUp(server, t);
  for (let round = 0; round < 300 / AT_ONCE; round++) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => {
      if (i % 2 === 0) return orderly(server, subject);
      return connectAndReset(server, i % 4 === 1 ? "ECHO hel" : "*2\r\n$4\r\nECHO\r\n$900\r\nhel");
    }));
  }
  await expectNothingLeft(server, t, before);
  await serveOne(server);
}, { sizes });

testEach("clients that reset before they are accepted do not end the server", async (...args) => {
  const [server, t, subject] = args;
  const before = await warmUp(server, t);
  const busy = await connect(server);
  await send(busy, "SLEEP 100\r\n");
  await Promise.all(Array.from({ length: AT_ONCE }, () => connectAndReset(server, "")));
  await ask(busy, "PING\r\n", "+OK\r\n+PONG\r\n");
  busy.close();
  await expectNothingLeft(server, t, before);
  using conn = await connect(server);
  await untilInfo(conn, { connected_clients: "1" });
  assertEquals((await infoOf(conn)).threads, `${subject.threads(1)}`);
}, { sizes });
