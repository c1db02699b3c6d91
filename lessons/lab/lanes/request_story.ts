/** One request's whole way, stage by stage, with whom it waited for: to be read. */
import type { ClientLane } from "./client_lane.ts";
import { type ClientSpan, clientSpans, WAITING } from "./client_spans.ts";
import type { Lanes } from "./lanes.ts";
import type { RequestWay } from "./request_way.ts";
import { reasonsFor } from "./waits.ts";
import { durationText, reasonText, stateText } from "./words.ts";

/** A stage of the way. */
export interface Stage {
  readonly fromUs: number;
  readonly what: string;
  /** Such as `151 ms`. */
  readonly time: string;
  /** For whom it waited; empty when it did not, or for nobody. */
  readonly whom: string;
}

/** A request, from its client and back. */
export interface Story {
  readonly number: number;
  readonly text: string;
  readonly reply: string;
  /** From the first stage to the last. */
  readonly time: string;
  readonly stages: readonly Stage[];
}

/** The ways of a client's requests that were under way between two times. */
export function storiesOf(
  lanes: Lanes,
  client: ClientLane,
  fromUs: number,
  toUs: number,
): Story[] {
  const stories = new Map<RequestWay, ClientSpan[]>();
  let before: ClientSpan[] = [];
  for (const span of clientSpans(client, toUs, fromUs)) {
    if (span.way === undefined) {
      // Who sends while it lies in the accept queue waits there with its request.
      before = span.state === "accept-queue" ? [span] : before;
      continue;
    }
    const { sentUs = Infinity } = span.way;
    const waitedInQueue = before.filter(({ toUs }) => sentUs <= toUs);
    stories.set(span.way, [...stories.get(span.way) ?? waitedInQueue, span]);
    before = [];
  }
  return [...stories].map(([way, spans]) => storyOf(lanes, client, way, spans));
}

function storyOf(
  lanes: Lanes,
  client: ClientLane,
  { number, text, reply = "" }: RequestWay,
  spans: readonly ClientSpan[],
): Story {
  const stages = spans.map((span): Stage => ({
    fromUs: span.fromUs,
    what: stateText(span),
    time: durationText(span.toUs - span.fromUs),
    whom: WAITING.has(span.state) ? whomOf(lanes, client, span) : "",
  }));
  const time = durationText((spans.at(-1)?.toUs ?? 0) - spans[0].fromUs);
  return { number, text, reply, time, stages };
}

function whomOf(lanes: Lanes, client: ClientLane, span: ClientSpan): string {
  return reasonsFor(lanes, client, span).map((reason) => reasonText(reason, client)).join(
    ", then ",
  );
}
