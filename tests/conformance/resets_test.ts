/** Clients that reset their connection leave nothing behind: no descriptor, no thread, no place. */
import { assert, assertEquals } from "@std/assert";
import type { RunningServer } from "../grader/server/running_server.ts";
import { receiveAll, send, text } from "../of_parts/helpers.ts";
import { infoOf, untilInfo } from "./info.ts";
import type { Subject } from "./subjects.ts";
import { testEach } from "./tests.ts";
import { expectNothingLeft, serveOne, warmUp } from "./nothing_left.ts";
import { ask, connect, connectAndReset } from "./wire.ts";

const TOO_MANY = "-ERR max number of clients reached\r\n";
const AT_ONCE = 60;

/** Model 2 pays for each client with a thread; those above its cap take another way, tried as well. */
const sizes = ({ model }: Subject) => model === 2 ? { maxConnections: 4 } : {};

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
