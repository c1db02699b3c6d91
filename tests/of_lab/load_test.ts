/** What is counted over time, and the way of one request, in runs that are made up. */
import { assertEquals } from "@std/assert";
import { loadOver } from "../../lessons/lab/lanes/load.ts";
import { storiesOf } from "../../lessons/lab/lanes/request_story.ts";
import { clientOf, lanesOf, ONE_REQUEST, story } from "./made_run.ts";

/** Client 2 sends while the thread works for client 1. */
const TWO = story(`
  0   client-1  connect
  0   client-1  connected 5001
  1   main      accept    1 from 127.0.0.1:5001
  2   client-2  connect
  2   client-2  connected 5002
  3   main      accept    2 from 127.0.0.1:5002
  10  client-1  send      SLEEP 30
  10  main      read      1 10 bytes
  10  main      start     1 SLEEP 30
  15  client-2  send      PING
  40  main      finish    1 SLEEP
  40  main      write     1 5 bytes
  40  client-1  reply     +OK
  40  main      read      2 6 bytes
  40  main      start     2 PING
  45  main      finish    2 PING
  45  main      write     2 7 bytes
  46  client-2  reply     +PONG
  50  client-1  close`);

Deno.test("load: counts who is connected, waits, is served, and how long a request waited", () => {
  const load = loadOver(lanesOf(TWO), 0, 50_000, 10);
  assertEquals(load?.us.slice(0, 2), [2500, 7500]);
  assertEquals(load?.connected, [2, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
  assertEquals(load?.served, [0, 0, 1, 1, 1, 1, 1, 1, 1, 0]);
  assertEquals(load?.waiting, [1, 0, 0, 1, 1, 1, 1, 1, 0, 0]);
  const none = null;
  assertEquals(load?.delayUs, [none, none, 0, none, none, none, none, none, 25_000, none]);
});

Deno.test("load: a part of the time, beyond its end too, is what the whole says of it", () => {
  const lanes = lanesOf(TWO);
  assertEquals(loadOver(lanes, 20_000, 40_000, 4)?.waiting, [1, 1, 1, 1]);
  assertEquals(loadOver(lanes, 40_000, 80_000, 4)?.connected, [2, 0, 0, 0]);
});

Deno.test("a request's way: every stage, and for whom it waited", () => {
  const lanes = lanesOf(TWO);
  const [ping, ...others] = storiesOf(lanes, clientOf(lanes, 2), 0, lanes.nowUs);
  assertEquals(others, []);
  assertEquals([ping.number, ping.text, ping.reply, ping.time], [1, "PING", "+PONG", "31 ms"]);
  assertEquals(ping.stages.map(({ what, time, whom }) => `${what} ${time} ${whom}`.trim()), [
    "sent and unread 25 ms 25 ms for client 1 on main",
    "in business on main 5.0 ms",
    "on the way back 1.0 ms",
  ]);
});

Deno.test("a request's way: who sends while it is in the accept queue waits there with its request", () => {
  const lanes = lanesOf(story(`
    0  client-1 connect
    1  client-1 connected 5001
    2  client-1 send PING
    9  main     accept 1 from 127.0.0.1:5001
    9  main     read   1 6 bytes
    9  main     start  1 PING
    10 main     finish 1 PING
    10 main     write  1 7 bytes
    10 client-1 reply  +PONG`));
  const [{ time, stages }] = storiesOf(lanes, clientOf(lanes, 1), 0, lanes.nowUs);
  assertEquals([time, stages[0].what, stages[0].time], ["9.0 ms", "in the accept queue", "8.0 ms"]);
});

Deno.test("a request's way: one that is over before the time that is asked about is not told", () => {
  const lanes = lanesOf(ONE_REQUEST);
  assertEquals(storiesOf(lanes, clientOf(lanes, 1), 58_000, lanes.nowUs), []);
  assertEquals(storiesOf(lanes, clientOf(lanes, 1), 30_000, lanes.nowUs).length, 1);
});
