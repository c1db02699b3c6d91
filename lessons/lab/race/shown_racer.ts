/** Makes of a racer what the page draws. */
import { clientSpans } from "../lanes/client_spans.ts";
import type { Racer } from "./racer.ts";
import type { ShownRacer, ShownSpan } from "./shown.ts";
import { quantile } from "./statistics.ts";

/** Of the whole, what is shorter is not to be seen. */
const LEAST_PART = 1 / 1000;
/** The curve of the latencies has so many points, from the least to the most. */
const POINTS = 100;

/** The part of a racer that is shown. */
export function shownRacer(racer: Racer): ShownRacer {
  const { name, trouble, lanes, startUs, endUs, atOnce, lastReplyUs, latenciesUs, costs } = racer;
  const spanUs = endUs - startUs;
  const seen = ({ fromUs, toUs }: { fromUs: number; toUs: number }) =>
    toUs > startUs && fromUs < endUs && toUs - fromUs >= spanUs * LEAST_PART;
  const memory = costs?.most.memoryBytes;
  return {
    name,
    trouble,
    spanUs,
    atOnce,
    lanes: lanes.clients.toSorted((a, b) => a.number - b.number).map((client) =>
      clientSpans(client, endUs, startUs).filter(seen).map(({ state, fromUs, toUs }): ShownSpan => [
        state,
        Math.max(0, fromUs - startUs),
        Math.min(spanUs, toUs - startUs),
      ])
    ),
    lastReplyMs: lastReplyUs && lastReplyUs / 1000,
    percentilesMs: latenciesUs.length === 0 ? [] : Array.from(
      { length: POINTS + 1 },
      (_, n) => quantile(latenciesUs, n / POINTS) / 1000,
    ),
    threads: costs?.most.threads,
    memoryMib: memory && memory / 2 ** 20,
    cpuMs: costs?.cpuMs,
  };
}
