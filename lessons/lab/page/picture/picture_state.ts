/** What the picture shows at a moment: where every client is, which threads work, which marks are passed. */
import { firstPosition, lastAt } from "../../lanes/by_time.ts";
import type { ClientLane } from "../../lanes/client_lane.ts";
import { clientSpanAt, type ClientState } from "../../lanes/client_spans.ts";
import type { Lanes } from "../../lanes/lanes.ts";
import type { RequestWay } from "../../lanes/request_way.ts";

/** A client in the picture. */
export interface Token {
  readonly client: ClientLane;
  readonly state: ClientState;
  /** The thread that works for it, or that holds its connection; undefined: not known. */
  readonly thread?: string;
  /** Its place among those that are in the same state, from 0: its place in a queue. */
  readonly place: number;
}

/** A moment. */
export interface PictureState {
  readonly tokens: readonly Token[];
  /** Clients that there is no room for. */
  readonly more: number;
  /** The threads that are in business, with the names of those they work for. */
  readonly working: ReadonlyMap<string, string>;
  /** The threads that live. */
  readonly threads: readonly string[];
}

/** So many clients are drawn. */
const MOST_TOKENS = 40;

/** What there is to see at a time. */
export function pictureAt(lanes: Lanes, us: number): PictureState {
  const tokens: Token[] = [];
  const counts = new Map<ClientState, number>();
  let more = 0;
  for (const client of lanes.clients.toSorted((a, b) => orderOf(a) - orderOf(b))) {
    const span = clientSpanAt(client, us);
    if (span === undefined) continue;
    const place = counts.get(span.state) ?? 0;
    counts.set(span.state, place + 1);
    const thread = span.state === "business" ? span.thread : holderOf(client, us);
    if (tokens.length === MOST_TOKENS) more++;
    else tokens.push({ client, state: span.state, thread, place });
  }
  const working = new Map<string, string>(), threads: string[] = [];
  for (const thread of lanes.threads.values()) {
    const span = thread.spanAt(us);
    if (span === undefined) continue;
    threads.push(thread.name);
    if (span.kind === "business") working.set(thread.name, span.client?.name ?? "");
  }
  return { tokens, more, working, threads };
}

/** A queue is served in the order in which clients came. */
function orderOf({ connectedUs, acceptedUs = 0 }: ClientLane): number {
  return connectedUs ?? acceptedUs;
}

/** The thread that did something for the client last, until a time. */
function holderOf({ requests, givenTo, acceptedBy }: ClientLane, us: number): string | undefined {
  const after = (n: number) => (requests[n].noticedUs ?? Infinity) > us;
  const noticed: RequestWay | undefined = requests[firstPosition(requests.length, after) - 1];
  return noticed?.writtenBy ?? noticed?.noticedBy ?? requests[0]?.noticedBy ?? givenTo ??
    acceptedBy;
}

/** So long a mark stays lit after it was passed, while time goes on. */
const GLOW_US = 120_000;

/**
 * The marks that are passed at a time, 1 to 5.
 *
 * @param glows time goes on, and what flashes by is to be seen; otherwise this very moment counts.
 */
export function marksAt(lanes: Lanes, us: number, glows: boolean): ReadonlySet<number> {
  const marks = new Set<number>();
  const sinceUs = glows ? us - GLOW_US : us - 1;
  for (const thread of lanes.threads.values()) {
    const span = thread.spanAt(us);
    if (span?.kind === "waits" && thread.did.has("accept")) marks.add(1);
    if (span?.kind === "starts-thread") marks.add(3);
    if (span?.kind === "business") marks.add(4);
    for (let at = lastAt(thread.steps, us); at >= 0; at--) {
      const { us: stepUs, event } = thread.steps[at];
      if (stepUs <= sinceUs) break;
      if (event === "accept") marks.add(2).add(3);
      else if (["read", "start", "finish", "write"].includes(event)) marks.add(4);
    }
  }
  if (lanes.clients.some((client) => isOutside(client, us))) marks.add(5);
  return marks;
}

function isOutside(
  { connectUs = Infinity, acceptedUs = Infinity, endedUs = Infinity }: ClientLane,
  us: number,
) {
  return connectUs <= us && us < acceptedUs && us < endedUs;
}
