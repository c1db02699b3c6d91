/** Events that travel to the page come out as they went in. */
import { assertEquals } from "@std/assert";
import type { LabEvent } from "../../lessons/lab/lanes/events.ts";
import { packed, unpacked } from "../../lessons/lab/lanes/packed_events.ts";
import { manyEvents } from "../bench/many_events.ts";

/** As it is done on the way. */
function sent(events: readonly LabEvent[]): LabEvent[] {
  return unpacked(JSON.parse(JSON.stringify(packed(events))));
}

Deno.test("packed events: those of all sources come out in their order", () => {
  const server = { source: "server", thread: "main", connection: 0, detail: "" } as const;
  const events: LabEvent[] = [
    { ...server, us: 0, event: "listen", startedAtMs: 1.5, detail: "127.0.0.1:7001" },
    { source: "client", us: 10, client: 1, event: "connect" },
    { ...server, us: 12.25, event: "accept", connection: 1, detail: "from 127.0.0.1:2" },
    { source: "grader", us: 13, who: "client 1", what: "connects", client: 1 },
    { source: "client", us: 14, client: 1, event: "send", detail: "<script>\u2028\ud800" },
    { ...server, us: 13, event: "start", connection: 1, detail: 'main "__proto__"' },
    { source: "kernel", us: 15, acceptQueue: 1, connections: [], threads: [] },
    { ...server, us: 2 ** 52, event: "close", connection: 2 ** 53 - 1 },
  ];
  assertEquals(sent(events), events);
  assertEquals(sent([]), []);
});

Deno.test("packed events: a trace takes a quarter of the room", () => {
  const events = manyEvents(5000);
  assertEquals(sent(events), events);
  const [small, large] = [packed(events), events].map((one) => JSON.stringify(one).length);
  assertEquals(small < large / 4, true, `${small} of ${large} characters`);
});
