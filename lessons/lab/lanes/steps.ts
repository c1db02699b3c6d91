/** The moments in which something happened, to go through them one by one. */
import { firstPosition, lastAt } from "./by_time.ts";
import type { ClientLane } from "./client_lane.ts";
import type { Lanes } from "./lanes.ts";

/** The first moment after a time in which something happened; undefined: there is none. */
export function nextMoment(lanes: Lanes, us: number): number | undefined {
  const threads = [...lanes.threads.values()].map(({ steps }) => steps[lastAt(steps, us) + 1]?.us);
  const clients = lanes.clients.map((client) => momentsNear(client, us).find((at) => at > us));
  return least([...threads, ...clients]);
}

/** The last moment before a time in which something happened; undefined: there is none. */
export function previousMoment(lanes: Lanes, us: number): number | undefined {
  const threads = [...lanes.threads.values()].map(({ steps }) => steps[lastAt(steps, us - 1)]?.us);
  const clients = lanes.clients.map((client) => momentsNear(client, us).findLast((at) => at < us));
  const latest = least([...threads, ...clients].map((at) => at === undefined ? at : -at));
  return latest === undefined ? undefined : -latest;
}

function least(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((us) => us !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** What the client itself did, in order: of its requests those around the time. */
function momentsNear(client: ClientLane, us: number): number[] {
  const { connectUs, connectedUs, requests, endedUs } = client;
  const at = firstPosition(requests.length, (n) => (requests[n].replyUs ?? Infinity) > us);
  const near = requests.slice(Math.max(0, at - 1), at + 2);
  const times = [
    connectUs,
    connectedUs,
    ...near.flatMap((way) => [way.sentUs, way.replyUs]),
    endedUs,
  ];
  return times.filter((time) => time !== undefined).sort((a, b) => a - b);
}
