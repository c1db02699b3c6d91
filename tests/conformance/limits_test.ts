/** Beyond its cap of connections a server says so, and the clients that it has are not harmed. */
import { assertEquals } from "@std/assert";
import { infoOf } from "./info.ts";
import { concurrentSubjects, serialSubjects } from "./subjects.ts";
import { testEach } from "./tests.ts";
import { ask, connect, expectEnd, expectReply } from "./wire.ts";
import { send } from "../of_parts/helpers.ts";

const TOO_MANY = "-ERR max number of clients reached\r\n";

testEach("one client too many is told so and closed, the others go on", async (server, t) => {
  const clients = await Promise.all([1, 2, 3].map(() => connect(server)));
  for (const conn of clients) await ask(conn, "PING\r\n", "+PONG\r\n");
  for (const request of ["", "PING\r\n", "PING\r\n".repeat(50_000)]) {
    using refused = await connect(server);
    await send(refused, request);
    await expectReply(refused, TOO_MANY, "one connection too many");
    await expectEnd(refused, "one connection too many");
  }
  for (const conn of clients) await ask(conn, "PING\r\n", "+PONG\r\n");
  const { connected_clients, total_connections } = await infoOf(clients[0]);
  assertEquals({ connected_clients, total_connections }, {
    connected_clients: "3",
    total_connections: "3",
  });
  clients.pop()!.close();
  await t.quiet(server);
  using next = await connect(server);
  await ask(next, "PING\r\n", "+PONG\r\n");
  for (const conn of clients) {
    await ask(conn, "PING\r\n", "+PONG\r\n");
    conn.close();
  }
}, { tested: concurrentSubjects, sizes: () => ({ maxConnections: 3 }) });

testEach("clients beyond the one that is served wait, and get their turn", async (server, t) => {
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => connect(server)));
  await ask(first, "PING\r\n", "+PONG\r\n");
  for (const conn of [second, third]) await send(conn, "PING\r\n");
  let told = 0;
  const replies = [second, third].map(async (conn, i) => {
    await expectReply(conn, "+PONG\r\n", `the ${["second", "third"][i]} client's PING`);
    told++;
    conn.close();
  });
  await t.quiet(server);
  assertEquals(told, 0, "a client was answered before the one in front of it had left");
  await ask(first, "PING\r\n", "+PONG\r\n");
  first.close();
  await Promise.all(replies);
}, { tested: serialSubjects, sizes: () => ({ maxConnections: 1 }) });
