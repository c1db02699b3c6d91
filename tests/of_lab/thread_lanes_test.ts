/** Lanes of threads and processes, from stories in which every time is known. */
import { assertEquals } from "@std/assert";
import { lanesOf, story } from "./made_run.ts";

Deno.test("lanes: each process counts its connections for itself, and so does its successor", () => {
  const lanes = lanesOf(story(`
    0  process-1 thread-start 0 process 11
    0  process-2 thread-start 0 process 12
    1  process-1 accept 1 from 127.0.0.1:5001
    2  process-2 accept 1 from 127.0.0.1:5002
    3  process-1 read 1 5 bytes
    4  process-1 start 1 SLEEP 900
    9  process-1 thread-exit 0 SIGKILL
    20 process-1 thread-start 0 process 13
    21 process-1 accept 1 from 127.0.0.1:5003`));
  assertEquals(lanes.clients.map(({ port }) => port), [5001, 5002, 5003]);
  assertEquals(lanes.clients.map(({ closedUs }) => closedUs), [9000, undefined, undefined]);
  const thread = lanes.threads.get("process-1");
  assertEquals(thread?.spanAt(15_000), undefined);
  assertEquals(thread?.spanAt(5000)?.kind, "business");
});

Deno.test("lanes: a thread waits, works, starts threads, and its late lines find their place", () => {
  const events = story(`
    0  main listen 0 127.0.0.1:8002
    5  main accept 1 from 127.0.0.1:5001
    8  client-1 connected 5001
    25 thread-1 thread-start 0
    26 thread-1 read 1 5 bytes
    27 thread-1 start 1 PING
    28 thread-1 finish 1 PING
    29 thread-1 write 1 7 bytes
    40 main accept 2 from 127.0.0.1:5002
    45 thread-1 thread-exit 0`);
  const [a, b] = [events[5], events[6]];
  const lanes = lanesOf([...events.slice(0, 5), b, a, ...events.slice(7)]);
  const kinds = (name: string) =>
    lanes.threads.get(name)?.spans(0, 50_000).map(({ kind, fromUs, toUs }) =>
      `${fromUs / 1000}-${toUs / 1000} ${kind}`
    );
  assertEquals(kinds("main"), ["0-5 waits", "5-25 starts-thread", "25-40 waits", "40-50 waits"]);
  assertEquals(kinds("thread-1"), [
    "25-26 waits",
    "26-27 waits",
    "27-28 business",
    "28-29 waits",
    "29-45 waits",
  ]);
});
