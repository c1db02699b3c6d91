/** Lanes of a long run: a million lines of a trace, read and asked about. */
import { Lanes } from "../../lessons/lab/lanes/lanes.ts";
import { clientSpans } from "../../lessons/lab/lanes/client_spans.ts";
import { readTraceLine } from "../../lessons/lab/lanes/trace_line.ts";
import { manyEvents } from "./many_events.ts";
import { waitsOf } from "../../lessons/lab/lanes/waits.ts";

const EVENTS = 1_000_000;
function read(lines: readonly string[]): Lanes {
  const lanes = new Lanes();
  for (const line of lines) {
    const event = readTraceLine(line);
    if (event !== undefined) lanes.add(event);
  }
  return lanes;
}

const lines = manyEvents(EVENTS).map((event) => JSON.stringify(event));
const lanes = read(lines);

Deno.bench("a million events: read and added", { n: 3, warmup: 1 }, () => {
  read(lines);
});

Deno.bench("a million events: the spans of all lanes in a thousandth of the time", () => {
  const [fromUs, toUs] = [lanes.nowUs / 2, lanes.nowUs / 2 + lanes.nowUs / 1000];
  for (const client of lanes.clients) clientSpans(client, toUs, fromUs);
  for (const thread of lanes.threads.values()) thread.spans(fromUs, toUs);
});

Deno.bench(
  "a million events: for whom all clients waited, all the time",
  { n: 3, warmup: 1 },
  () => {
    for (const client of lanes.clients) waitsOf(lanes, client, lanes.nowUs);
  },
);
