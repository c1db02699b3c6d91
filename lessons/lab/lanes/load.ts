/** How much there was to do from moment to moment, and how long requests waited until they were begun. */
import { firstPosition } from "./by_time.ts";
import type { ClientLane } from "./client_lane.ts";
import { clientSpans, WAITING } from "./client_spans.ts";
import type { Lanes } from "./lanes.ts";
import type { RequestWay } from "./request_way.ts";

/** One value a column of time, of equal width. */
export interface Load {
  /** The middles of the columns. */
  readonly us: readonly number[];
  /** Clients that were connected. */
  readonly connected: readonly number[];
  /** Clients that waited for the server. */
  readonly waiting: readonly number[];
  /** Clients for whom a thread worked; without a trace, whose request the server had. */
  readonly served: readonly number[];
  /** The longest time that a request waited which was begun then, in µs; null: none was begun. */
  readonly delayUs: readonly (number | null)[];
}

/** More requests than that are not counted while somebody looks on. */
const MOST_REQUESTS = 20_000;

/** The load between two times; undefined: there are too many requests in it. */
export function loadOver(
  lanes: Lanes,
  fromUs: number,
  toUs: number,
  columns: number,
): Load | undefined {
  const endUs = Math.min(toUs, lanes.nowUs);
  const begun = lanes.clients.map((client) => begunBetween(client, fromUs, endUs));
  if (begun.reduce((sum, [from, to]) => sum + to - from, 0) > MOST_REQUESTS) return undefined;
  const stepUs = (toUs - fromUs) / columns;
  const columnOf = (us: number) => Math.ceil((us - fromUs) / stepUs - 0.5);
  const [connected, waiting, served] = [1, 2, 3].map(() => new Array<number>(columns + 1).fill(0));
  const mark = (counts: number[], from: number, to: number) => {
    counts[from]++;
    counts[to]--;
  };
  for (const client of lanes.clients) {
    for (const span of clientSpans(client, endUs, fromUs)) {
      const [from, to] = [span.fromUs, span.toUs].map((us) =>
        Math.min(columns, Math.max(0, columnOf(us)))
      );
      if (span.state !== "connecting") mark(connected, from, to);
      if (WAITING.has(span.state)) mark(waiting, from, to);
      if (span.state === "business" || span.state === "in-server") mark(served, from, to);
    }
  }
  const us = Array.from({ length: columns }, (_, at) => fromUs + (at + 0.5) * stepUs);
  const ways = lanes.clients.flatMap(({ requests }, n) => requests.slice(...begun[n]));
  const delayUs = delays(ways, columns, (us) => Math.floor((us - fromUs) / stepUs));
  const summed = [connected, waiting, served].map((steps) => sums(steps).slice(0, columns));
  return { us, connected: summed[0], waiting: summed[1], served: summed[2], delayUs };
}

/** How long a request waited until it was begun, in µs; undefined: nobody knows. */
function delayOf({ sentUs, noticedUs, startUs }: RequestWay): number | undefined {
  const [from, to] = [sentUs ?? noticedUs, startUs ?? noticedUs];
  return from === undefined || to === undefined ? undefined : Math.max(0, to - from);
}

function begunUs({ startUs, noticedUs, replyUs }: RequestWay): number {
  return startUs ?? noticedUs ?? replyUs ?? Infinity;
}

/** The positions of its requests that were begun between two times. */
function begunBetween(
  { requests }: ClientLane,
  fromUs: number,
  toUs: number,
): [from: number, to: number] {
  const at = (us: number) => firstPosition(requests.length, (n) => begunUs(requests[n]) >= us);
  return [at(fromUs), at(toUs)];
}

function delays(
  ways: readonly RequestWay[],
  columns: number,
  columnOf: (us: number) => number,
): (number | null)[] {
  const longest = new Array<number | null>(columns).fill(null);
  for (const way of ways) {
    const [delay, column] = [delayOf(way), columnOf(begunUs(way))];
    if (delay !== undefined) longest[column] = Math.max(longest[column] ?? 0, delay);
  }
  return longest;
}

function sums(steps: readonly number[]): number[] {
  let sum = 0;
  return steps.map((step) => sum += step);
}
