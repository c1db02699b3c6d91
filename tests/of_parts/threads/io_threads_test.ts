/** IoThreads: connections are given out evenly, and threads that are to finish do. */
import { assertEquals, assertLess } from "@std/assert";
import { Acceptor } from "../../../models/parts/accept.ts";
import { listenForHandover } from "../../../models/parts/handover.ts";
import { IoThreads } from "../../../models/parts/io_threads.ts";
import { ANY_PORT, test } from "../sockets/handover_kit.ts";
import { connect, expectGone, expectText, newContext, send, until, within } from "../helpers.ts";
import { clientOf, GRACE_MS, PROGRAM, start } from "./io_threads_kit.ts";

test("IoThreads: each connection goes to the thread that has the fewest", async (way) => {
  const server = start(way, 3);
  const clients: Deno.TcpConn[] = [];
  for (const n of [1, 2, 3, 1, 2, 3]) clients.push(await clientOf(server, `io-${n}`));
  clients[1].close();
  clients[4].close();
  await server.counted(4);
  clients.splice(4, 1);
  clients.splice(1, 1);
  for (const n of [2, 2, 1]) clients.push(await clientOf(server, `io-${n}`));
  for (const conn of clients) conn.close();
  await server.counted(0);
  await server.end();
});

test("IoThreads: finish ends threads at once that sleep or compute, with a reply", async (way) => {
  const server = start(way, 2);
  const [sleeper, computer] = [await clientOf(server, "io-1"), await clientOf(server, "io-2")];
  await send(sleeper, "SLEEP 60000\r\n");
  await send(computer, "FIB 45\r\n");
  await until(() => server.context.state.counters.total_commands === 4, "both are at it");
  const startMs = performance.now();
  const ended = server.end();
  await expectText(sleeper, "+OK\r\n");
  await expectText(computer, "-ERR server is shutting down\r\n");
  await ended;
  assertLess(performance.now() - startMs, GRACE_MS / 2, "they were waited for");
  const { threads, connected_clients } = server.context.state.counters;
  assertEquals({ threads, connected_clients }, { threads: 1, connected_clients: 0 });
  for (const conn of [sleeper, computer]) {
    await expectGone(conn);
    conn.close();
  }
});

test("IoThreads: a connection that comes when they have finished is closed", async (way) => {
  const context = newContext();
  const acceptor = new Acceptor(listenForHandover(ANY_PORT, way), 100, context);
  const ioThreads = new IoThreads(PROGRAM, 2, context);
  const accepting = acceptor.accept();
  const client = await connect(acceptor.addr);
  const accepted = await within(accepting, "the connection");
  ioThreads.finish(GRACE_MS);
  await within(ioThreads.allExited(), "the end of the threads");
  ioThreads.give(accepted!);
  await expectGone(client);
  assertEquals(context.state.counters.connected_clients, 0);
  client.close();
  acceptor.close();
});
