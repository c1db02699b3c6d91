/** Lanes, from stories in which every time is known. */
import { assertEquals } from "@std/assert";
import { randomNumbers } from "../of_parts/helpers.ts";
import { clientOf, lanesOf, ONE_REQUEST, states, story } from "./made_run.ts";

const ITS_STATES = [
  "10-11 connecting",
  "11-13 in the accept queue",
  "13-20 idle",
  "20-22 sent and unread",
  "22-23 read and queued",
  "23-53 in business on main",
  "53-54 done and not written",
  "54-56 on the way back",
  "56-60 idle",
];

Deno.test("lanes: a client's way, from connect to close, without a gap", () => {
  const lanes = lanesOf(ONE_REQUEST);
  assertEquals(states(lanes, clientOf(lanes, 1)), ITS_STATES);
  assertEquals(lanes.clients.length, 1);
});

Deno.test("lanes: the same, in whatever order the two sides are heard of", () => {
  const seed = Date.now() % 1_000_000;
  const random = randomNumbers(seed);
  for (let i = 0; i < 200; i++) {
    // Each source in its order, but one may be far ahead of the other.
    const left = ["client", "server"].map((name) => ONE_REQUEST.filter((e) => e.source === name));
    const mixed = [];
    while (left[0].length + left[1].length > 0) {
      const next = left[random(2)].shift();
      if (next !== undefined) mixed.push(next);
    }
    const lanes = lanesOf(mixed);
    assertEquals(lanes.clients.length, 1, `seed ${seed}`);
    assertEquals(states(lanes, clientOf(lanes, 1)), ITS_STATES, `seed ${seed}`);
  }
});

Deno.test("lanes: what has not ended lasts, and an earlier time shows what was then", () => {
  const lanes = lanesOf(ONE_REQUEST);
  assertEquals(states(lanes, clientOf(lanes, 1), 40_000).at(-1), "23-… in business on main");
  const early = lanesOf(ONE_REQUEST.slice(0, 3));
  assertEquals(states(early, clientOf(early, 1), 90_000).at(-1), "11-… in the accept queue");
});

Deno.test("lanes: a client that only the server knows is called by its connection", () => {
  const lanes = lanesOf(ONE_REQUEST.filter(({ source }) => source === "server"));
  const [client] = lanes.clients;
  assertEquals(client.name, "#1");
  assertEquals(states(lanes, client), [
    "13-22 idle",
    "22-23 read and queued",
    "23-53 in business on main",
    "53-54 done and not written",
    "54-62 idle",
  ]);
});

Deno.test("lanes: requests of one packet are told apart, and written together", () => {
  const lanes = lanesOf(story(`
    0  client-1 connect
    1  client-1 connected 5001
    1  main accept 1 from 127.0.0.1:5001
    2  client-1 send WHO
    2  client-1 send SLEEP 5
    4  main read 1 30 bytes
    5  main start 1 WHO
    6  main finish 1 WHO
    7  main start 1 SLEEP 5
    12 main finish 1 SLEEP
    13 main write 1 20 bytes
    14 client-1 reply main
    14 client-1 reply +OK`));
  const [first, second] = lanes.clients[0].requests;
  assertEquals([first.number, second.number], [1, 2]);
  assertEquals([second.readUs, second.startUs, second.writeUs], [4000, 7000, 13_000]);
  assertEquals(states(lanes, lanes.clients[0]), [
    "0-1 connecting",
    "1-2 idle",
    "2-4 sent and unread",
    "4-5 read and queued",
    "5-6 in business on main",
    "6-13 done and not written",
    "13-14 on the way back",
  ]);
});

Deno.test("lanes: a request that comes in pieces is half read, not queued", () => {
  const lanes = lanesOf(story(`
    1  main accept 1 from 127.0.0.1:5001
    4  main read 1 3 bytes
    9  main read 1 3 bytes
    10 main start 1 WHO
    11 main finish 1 WHO
    12 main write 1 8 bytes`));
  assertEquals(states(lanes, lanes.clients[0]).slice(1, 3), [
    "4-9 read in part",
    "9-10 read and queued",
  ]);
});

Deno.test("lanes: what our client has not sent whole is not queued", () => {
  const lanes = lanesOf(story(`
    0  client-1 connected 5001
    1  main accept 1 from 127.0.0.1:5001
    4  main read 1 3 bytes`));
  assertEquals(states(lanes, clientOf(lanes, 1), 9000).at(-1), "4-… read in part");
});
