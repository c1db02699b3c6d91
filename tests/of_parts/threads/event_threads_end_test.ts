/** EventThreads: every loan comes back, however a thread ends. */
import { assert, assertEquals } from "@std/assert";
import { GRACE_MS, setUp, test, watched, type Watcher } from "./event_threads_kit.ts";
import { expectText, nextTurn, send, until, within } from "../helpers.ts";

/** What the claim cell says of a descriptor that was taken back and closed. */
const RECLAIMED = 2;

test("a thread that fails costs its client the connection, and nobody else anything", async () => {
  const { watcher, start, end } = setUp(1);
  const [dies, other] = [await watched(1), await watched(2)];
  await send(dies.client, "DIE\r\n");
  await send(other.client, "PING\r\n");
  start(dies.loan());
  start(other.loan());
  await expectText(other.client, "+PONG\r\n");
  await watcher.has('1 ended ""', '2 open ""');
  for (const one of [dies, other]) one.end();
  await end();
});

test("finish ends who sleeps, and gives back who waits", async () => {
  const { watcher, start, threads, context } = setUp(2);
  const [one, two, waits] = [await watched(1), await watched(2), await watched(3)];
  for (const sleeps of [one, two]) {
    await send(sleeps.client, "SLEEP 60000\r\n");
    start(sleeps.loan());
  }
  await until(() => context.state.counters.total_commands === 2, "both sleep");
  const untaken = waits.loan();
  start(untaken);
  context.state.stop();
  threads.finish(GRACE_MS);
  await within(threads.allExited(), "the end of the threads");
  for (const { client } of [one, two]) await expectText(client, "+OK\r\n");
  await until(() => watcher.came.length === 3, "all are back");
  assertEquals(watcher.came.filter((line) => line.startsWith("3")), ['3 ended ""']);
  assertEquals(untaken.message.claim[0], RECLAIMED, "its descriptor is closed");
  assertEquals(context.state.counters.threads, 1);
  start(waits.loan());
  await nextTurn();
  assertEquals(watcher.came.slice(3), ['3 ended ""'], "one that comes later");
  for (const client of [one, two, waits]) client.end();
});

/** There are 40 MB of replies; by so many loans of 1 MiB all of them would be written. */
const MOST_LOANS = 45;

/** Whether the n-th loan comes back before long. */
async function comesBack(watcher: Watcher, n: number): Promise<boolean> {
  for (let looks = 0; looks < 150 && watcher.came.length < n; looks++) await nextTurn();
  return watcher.came.length >= n;
}

test("finish ends who cannot write", async () => {
  const { watcher, start, threads, context } = setUp();
  const deaf = await watched(1);
  const content = "x".repeat(500_000);
  const sending = send(deaf.client, `*2\r\n$4\r\nECHO\r\n$500000\r\n${content}\r\n`.repeat(80))
    .catch(() => {});
  // A thread takes on 1 MiB; the kernel has room for 10 or so. Sooner or later one has to wait.
  let loans = 0;
  do {
    assert(loans < MOST_LOANS, "the client's kernel took all replies: nobody waits");
    start(deaf.loan(watcher.rest));
  } while (await comesBack(watcher, ++loans));
  assertEquals(context.state.counters.threads, 2, "one is there that waits");
  threads.finish(500);
  await within(threads.allExited(), "the end of the threads");
  assertEquals([watcher.came.length, context.state.counters.threads], [loans, 1]);
  deaf.end();
  await sending;
});
