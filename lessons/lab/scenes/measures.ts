/** What can be counted on lanes, for the sentences of the scenes. */
import type { ClientLane } from "../lanes/client_lane.ts";
import { clientSpans, type ClientState } from "../lanes/client_spans.ts";
import type { Lanes } from "../lanes/lanes.ts";
import { mainReason } from "../lanes/reason.ts";
import type { RequestWay } from "../lanes/request_way.ts";
import { type Wait, waitsOf } from "../lanes/waits.ts";

/** Something that begins and ends; one that has not ended has no end. */
interface Interval {
  readonly fromUs: number;
  readonly toUs: number;
}

/** How many of the intervals there were at once, at most. */
export function mostAtOnce(intervals: readonly Interval[]): number {
  const ends = intervals.filter(({ toUs }) => toUs < Infinity).map(({ toUs }) => [toUs, -1]);
  const changes = [...intervals.map(({ fromUs }) => [fromUs, 1]), ...ends];
  // What ends as another begins is not there at the same time.
  changes.sort(([a, up], [b, down]) => a - b || up - down);
  let now = 0, most = 0;
  for (const [, change] of changes) most = Math.max(most, now += change);
  return most;
}

/** All requests of all clients, in the order in which their business began. */
export function requests(lanes: Lanes): (RequestWay & { client: ClientLane })[] {
  return lanes.clients.flatMap((client) => client.requests.map((way) => ({ ...way, client })))
    .filter(({ startUs }) => startUs !== undefined)
    .sort((a, b) => (a.startUs ?? 0) - (b.startUs ?? 0));
}

/** How many requests were in business at once, at most. */
export function businessAtOnce(lanes: Lanes): number {
  return mostAtOnce(
    requests(lanes).map(({ startUs = 0, finishUs = Infinity }) => ({
      fromUs: startUs,
      toUs: finishUs,
    })),
  );
}

/** How many clients were in a state at once, at most. */
export function clientsAtOnce(lanes: Lanes, state: ClientState): number {
  const spans = lanes.clients.flatMap((client) => clientSpans(client, lanes.nowUs));
  return mostAtOnce(spans.filter((span) => span.state === state));
}

/** Threads that were started in the course of the run: when, and until when they lived. */
export function startedThreads(lanes: Lanes): (Interval & { name: string })[] {
  return [...lanes.threads.values()].flatMap(({ name, startedUs, endedUs = Infinity }) =>
    startedUs === undefined ? [] : [{ name, fromUs: startedUs, toUs: endedUs }]
  );
}

/** When the first client connected. */
export function firstConnectUs(lanes: Lanes): number {
  return Math.min(...lanes.clients.map(({ connectUs = Infinity }) => connectUs));
}

/** The names of the threads that did a thing to requests. */
export function threadsThat(
  lanes: Lanes,
  did: "readBy" | "doneBy" | "writtenBy" | "noticedBy",
): string[] {
  const names = requests(lanes).flatMap((way) => way[did] ?? []);
  return [...new Set(names)].sort();
}

/** The longest wait of a client for another one, or for a thread to start. */
export function longestWait(lanes: Lanes, client: number): Wait | undefined {
  const lane = lanes.clients.find(({ number }) => number === client);
  if (lane === undefined) return undefined;
  return waitsOf(lanes, lane, lanes.nowUs).filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => b.span.toUs - b.span.fromUs - (a.span.toUs - a.span.fromUs))[0];
}

/** For whom, above all, a client waited longest: that client's number; undefined: for nobody. */
export function waitedFor(lanes: Lanes, client: number): number | undefined {
  return mainReason(longestWait(lanes, client)?.reasons ?? [])?.client.number;
}

/** How long a client's first reply took, in microseconds; undefined when none came. */
export function replyTimeUs(lanes: Lanes, client: number): number | undefined {
  const way = lanes.clients.find(({ number }) => number === client)?.requests[0];
  if (way?.replyUs === undefined || way.sentUs === undefined) return undefined;
  return way.replyUs - way.sentUs;
}

/** `2 threads`, `1 thread`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
