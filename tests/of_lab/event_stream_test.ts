/** The events on their way to the page: however many come at once, all of them get there, in order. */
import { assertEquals } from "@std/assert";
import type { LabEvent } from "../../lessons/lab/lanes/events.ts";
import { unpacked } from "../../lessons/lab/lanes/packed_events.ts";
import { eventStream } from "../../lessons/lab/server/event_stream.ts";
import { Session } from "../../lessons/lab/server/session.ts";
import type { Listener } from "../../lessons/lab/server/session_state.ts";
import { within } from "../of_parts/helpers.ts";

const COUNT = 20_000;

/** Tells whoever listens what the test says. */
class Told extends Session {
  listener?: Listener;

  override listen(listener: Listener): () => void {
    this.listener = listener;
    return () => {};
  }
}

/** The events of a stream, until there are so many. */
async function read(body: ReadableStream<Uint8Array>, count: number): Promise<LabEvent[]> {
  const events: LabEvent[] = [];
  let rest = "";
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const messages = (rest + text).split("\n\n");
    rest = messages.pop() ?? "";
    for (const message of messages) {
      const [, data] = /^event: (?:events|part)\ndata: (.*)$/s.exec(message) ?? [];
      if (data !== undefined) events.push(...unpacked(JSON.parse(data)));
    }
    if (events.length >= count) break;
  }
  return events;
}

Deno.test("eventStream: a flood, and a single event after it, come whole and in order", async () => {
  const told = new Told();
  const ending = new AbortController();
  const { body } = eventStream(told, ending.signal, () => {});
  const events = Array.from({ length: COUNT }, (_, us): LabEvent => ({
    ...{ source: "server", us, thread: "main", event: "read", connection: 1 + us % 200 },
    detail: "6 bytes",
  }));
  const seen = within(read(body!, COUNT), "all events");
  for (let at = 0; at < COUNT - 1; at += 2000) {
    told.listener?.events(events.slice(at, Math.min(at + 2000, COUNT - 1)));
    // Another turn, so that the stream may tell some meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  told.listener?.events(events.slice(COUNT - 1));
  assertEquals(await seen, events);
  ending.abort();
});
