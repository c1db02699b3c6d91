/** Lanes of a run that does not end: what is over is forgotten, and what is left stays right. */
import { assert, assertEquals } from "@std/assert";
import { Lanes } from "../../lessons/lab/lanes/lanes.ts";
import { BoundedLanes } from "../../lessons/lab/lanes/bounded_lanes.ts";
import { clientSpanAt, clientSpans } from "../../lessons/lab/lanes/client_spans.ts";
import type { Run } from "../../lessons/lab/run/run.ts";
import { LiveRun } from "../../lessons/lab/server/live_run.ts";
import { manyEvents } from "../bench/many_events.ts";
import { clientOf, lanesOf, ONE_REQUEST, states } from "./made_run.ts";

Deno.test("lanes: what is forgotten takes no room, and the rest stays right", () => {
  const lanes = new Lanes();
  for (let n = 1; n <= 1000; n++) {
    const port = 5000 + n;
    for (const event of ONE_REQUEST) {
      if (event.source !== "client" && event.source !== "server") continue;
      const us = event.us + n * 100_000;
      if (event.source === "client") lanes.add({ ...event, us, client: n, port });
      else if (event.event === "accept") {
        lanes.add({ ...event, us, connection: n, detail: `from 127.0.0.1:${port}` });
      } else if (event.event !== "listen") lanes.add({ ...event, us, connection: n });
    }
    if (n % 10 === 0) lanes.forgetBefore(lanes.nowUs - 1_000_000);
    assert(lanes.clients.length < 25, `${lanes.clients.length} clients are kept`);
  }
  assert((lanes.threads.get("main")?.steps.length ?? 0) < 200);
  const last = clientOf(lanes, 1000);
  assertEquals(last.requests.map(({ number }) => number), [1]);
  assertEquals(states(lanes, last).length, 9);
});

Deno.test("lanes: one client's requests are forgotten in part, and keep their numbers", () => {
  const lanes = new Lanes();
  lanes.add({ source: "client", us: 0, client: 1, event: "connected", port: 5001 });
  lanes.add({
    source: "server",
    us: 1,
    thread: "main",
    event: "accept",
    connection: 1,
    detail: "from 127.0.0.1:5001",
  });
  const perRequest = ONE_REQUEST.slice(4, 10);
  for (let n = 0; n < 5000; n++) {
    for (const event of perRequest) lanes.add({ ...event, us: event.us + n * 100_000 });
    if (n % 100 === 99) lanes.forgetBefore(lanes.nowUs - 1_000_000);
  }
  const { requests } = lanes.clients[0];
  assert(requests.length < 150);
  assertEquals(requests.at(-1)?.number, 5000);
  const { us } = perRequest[5];
  assertEquals(requests.at(-1)?.replyUs, us + 4999 * 100_000);
});

/** All that is kept of what happened. */
function keptIn({ threads, clients }: Lanes): number {
  const steps = [...threads.values()].map((thread) => thread.steps.length);
  const requests = clients.map((client) => client.requests.length);
  return [...steps, ...requests].reduce((sum, one) => sum + one, 0);
}

Deno.test("lanes of the page: more events than the bound, and what is kept is bounded and right", () => {
  const events = manyEvents(60_000);
  const all = lanesOf(events);
  const bounded = new BoundedLanes({ mostEvents: 5000, keptUs: Infinity });
  for (const event of events) {
    bounded.add(event);
    assert(bounded.threads.size <= 5 && bounded.clients.length <= 200);
  }
  // Of each request five steps are kept, and its way; and of each client the last one.
  assert(keptIn(bounded) < 5000 * 6 / 5 + 400, `${keptIn(bounded)} are kept`);
  const fromUs = bounded.nowUs - 4000;
  for (const [name, thread] of bounded.threads) {
    const spans = thread.spans(fromUs, bounded.nowUs).map((
      { kind, fromUs, toUs },
    ) => [kind, fromUs, toUs]);
    const right = all.threads.get(name)?.spans(fromUs, bounded.nowUs);
    assertEquals(spans, right?.map(({ kind, fromUs, toUs }) => [kind, fromUs, toUs]));
  }
  bounded.clients.forEach((client, at) => {
    assertEquals(clientSpanAt(client, bounded.nowUs), clientSpanAt(all.clients[at], all.nowUs));
    assertEquals(
      clientSpans(client, bounded.nowUs, fromUs),
      clientSpans(all.clients[at], all.nowUs, fromUs),
    );
  });
});

Deno.test("lanes of the page: what is older than the bound goes, however little happens", () => {
  const bounded = new BoundedLanes({ mostEvents: 1000, keptUs: 200 });
  for (const event of manyEvents(3000)) bounded.add(event);
  assert(keptIn(bounded) < 800, `${keptIn(bounded)} are kept`);
});

/** A run that is told to nobody. */
class Untold extends LiveRun {
  async filled(count: number): Promise<Run> {
    const run = await this.begin(4);
    for (const event of manyEvents(count)) run.emit(event);
    return run;
  }

  protected override end(): Promise<void> {
    return Promise.resolve();
  }
}

Deno.test("the lab's server: of a run that does not end so many events are kept, the newest", async () => {
  const untold = new Untold();
  const { lanes, events } = await untold.filled(450_000);
  assert(events.length <= 200_000, `${events.length} events are kept`);
  assertEquals(untold.happened?.events.at(-1)?.us, lanes.nowUs);
  assert(keptIn(lanes) < 250_000, `${keptIn(lanes)} are kept`);
});
