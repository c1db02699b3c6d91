/** EventThreads: a thread for each loan, no more than the cap, and every loan comes back. */
import { assertEquals } from "@std/assert";
import { setUp, test, type Watched, watched } from "./event_threads_kit.ts";
import { expectText, send, until } from "../helpers.ts";

test("each event has a thread, which ends with it", async () => {
  const { watcher, start, end, context } = setUp();
  const one = await watched(1);
  for (const n of [1, 2]) {
    await send(one.client, "WHO\r\n");
    start(one.loan());
    await expectText(one.client, `$7\r\nevent-${n}\r\n`);
    await until(() => watcher.came.length === n, "the connection comes back");
    assertEquals(context.state.counters.threads, 1);
  }
  await watcher.has('1 open ""', '1 open ""');
  one.end();
  await end();
});

test("what is no whole request yet goes back, and into the next thread", async () => {
  const { watcher, start, end } = setUp();
  const one = await watched(1);
  await send(one.client, "PING\r\nECHO hel");
  start(one.loan());
  await expectText(one.client, "+PONG\r\n");
  await watcher.has('1 open "ECHO hel"');
  await send(one.client, "lo\r\n");
  start(one.loan("ECHO hel"));
  await expectText(one.client, "$5\r\nhello\r\n");
  await until(() => watcher.came.length === 2, "the connection comes back");
  start(one.loan("PING\r\n"));
  await expectText(one.client, "+PONG\r\n");
  one.end();
  await end();
});

test("QUIT and the client's end close the connection", async () => {
  const { watcher, start, end } = setUp();
  const [quits, leaves] = [await watched(1), await watched(2)];
  await send(quits.client, "QUIT\r\n");
  start(quits.loan());
  await expectText(quits.client, "+OK\r\n");
  await quits.client.closeWrite();
  await watcher.has('1 closed ""');
  await send(leaves.client, "ECHO hel");
  await leaves.client.closeWrite();
  start(leaves.loan());
  await expectText(leaves.client, "-ERR Protocol error: unexpected end of request\r\n");
  await watcher.has('1 closed ""', '2 closed ""');
  for (const one of [quits, leaves]) one.end();
  await end();
});

test("at the cap loans wait, and are served in the order in which they came", async () => {
  const { watcher, start, end, context } = setUp(2);
  const clients: Watched[] = [];
  for (let id = 1; id <= 6; id++) clients.push(await watched(id));
  for (const { client } of clients) await send(client, "SLEEP 100\r\n");
  let most = 0;
  for (const { loan } of clients) start(loan());
  const counting = setInterval(() => most = Math.max(most, context.state.counters.threads - 1));
  for (const { client } of clients) await expectText(client, "+OK\r\n");
  clearInterval(counting);
  await until(() => watcher.came.length === 6, "all are back");
  assertEquals(most, 2);
  // Two at once: those may come back in any order, and their successors after them.
  const order = watcher.came.map((line) => Math.ceil(Number(line[0]) / 2));
  assertEquals(order.toSorted(), [1, 1, 2, 2, 3, 3]);
  assertEquals(order.at(0), 1);
  assertEquals(order.at(-1), 3);
  for (const one of clients) one.end();
  await end();
});

test("once the stop cell is set no thread is started, and what is lent comes back", async () => {
  const { watcher, start, end, context } = setUp();
  const one = await watched(1);
  await send(one.client, "WHO\r\n");
  context.state.stop();
  start(one.loan());
  await watcher.has('1 ended ""');
  assertEquals(context.state.counters.threads, 1);
  one.end();
  await end();
});
