/** What a client met from moment to moment: the spans of its lane. */
import { firstPosition } from "./by_time.ts";
import type { ClientLane } from "./client_lane.ts";
import type { RequestWay } from "./request_way.ts";

/**
 * What happens to a client, in the order in which it does:
 * - `connecting`: the kernel is making the connection;
 * - `accept-queue`: connected, and no thread of the server has taken it;
 * - `idle`: the server waits for the client, not the client for the server;
 * - `unread`: it sent something that still lies in the kernel;
 * - `half-read`: a part of its request was read;
 * - `queued`: its request was read, and its business has not begun;
 * - `business`: a thread works for it;
 * - `in-server`: read and not answered yet, and nobody tells what the server does with it;
 * - `unwritten`: the business is done, and the reply not written;
 * - `replying`: written, and the client does not have all of it.
 */
export type ClientState =
  | "connecting"
  | "accept-queue"
  | "idle"
  | "unread"
  | "half-read"
  | "queued"
  | "business"
  | "in-server"
  | "unwritten"
  | "replying";

/** One state of a client. */
export interface ClientSpan {
  readonly state: ClientState;
  readonly fromUs: number;
  /** For a state that lasts: the time until which spans were asked for. */
  readonly toUs: number;
  /** True when it has not ended by then. */
  readonly open: boolean;
  /** Which of its requests it is about. */
  readonly way?: RequestWay;
  /** The name of the thread whose step ended it; in `business` of the one that works. */
  readonly thread?: string;
}

/** The states in which a client waits for the server to come round to it. */
export const WAITING: ReadonlySet<ClientState> = new Set<ClientState>([
  "accept-queue",
  "unread",
  "half-read",
  "queued",
  "unwritten",
]);

/**
 * The client's states, without gaps, from one time to another.
 *
 * @param toUs what is not over yet lasts until then.
 * @param fromUs spans that end before it are left out; a client with many requests needs it.
 */
export function clientSpans(client: ClientLane, toUs: number, fromUs = -Infinity): ClientSpan[] {
  const spans = new SpanList(toUs);
  const { requests } = client;
  const at = firstPosition(requests.length, (n) => overUs(requests[n]) >= fromUs);
  if (at === 0) connectionSpans(client, spans);
  else spans.skipTo(overUs(requests[at - 1]));
  for (let n = at; n < requests.length && !spans.done; n++) {
    requestSpans(requests[n], spans, client);
  }
  spans.add("idle", firstOf(client.endedUs, client.closedUs));
  return spans.list.filter((span) => span.toUs >= fromUs);
}

/** The client's state at a time; undefined before it connected and after it ended. */
export function clientSpanAt(client: ClientLane, us: number): ClientSpan | undefined {
  return clientSpans(client, us + 1, us).find((span) => span.fromUs <= us && us < span.toUs);
}

function connectionSpans(client: ClientLane, spans: SpanList): void {
  const { connectUs, connectedUs, acceptedUs, acceptedBy, requests: [first] } = client;
  spans.skipTo(connectUs ?? connectedUs ?? acceptedUs ?? first?.noticedUs ?? 0);
  if (connectUs !== undefined) spans.add("connecting", connectedUs ?? client.endedUs);
  if (connectedUs === undefined || isUnwatched(client)) return;
  // A client that gives up is in the queue no more.
  const takenUs = acceptedUs ?? first?.noticedUs ?? first?.replyUs ?? client.endedUs;
  spans.add("accept-queue", takenUs, undefined, acceptedBy);
}

/** Nobody told of the server's side of it, and nobody looked: what it met there is not known. */
function isUnwatched({ port, acceptedUs }: ClientLane): boolean {
  return port === 0 && acceptedUs === undefined;
}

function requestSpans(way: RequestWay, spans: SpanList, client: ClientLane): void {
  const { noticedUs, noticedBy, readUs, readBy, startUs, doneBy, finishUs, writeUs, replyUs } = way;
  spans.add("idle", firstOf(way.sentUs, noticedUs ?? startUs));
  if (isUnwatched(client)) return spans.add("in-server", replyUs, way);
  spans.add("unread", noticedUs ?? startUs ?? replyUs, way, noticedBy);
  if (noticedBy === undefined && startUs === undefined) return spans.add("in-server", replyUs, way);
  if (readUs !== noticedUs && !isLent(way)) spans.add("half-read", readUs, way, readBy);
  const begun = startUs ?? way.queuedUs;
  // Who tells what it sends, and has not sent it whole, cannot be queued.
  if (begun === undefined && client.number > 0 && way.sentUs === undefined) {
    return spans.add("half-read", undefined, way);
  }
  spans.add("queued", startUs ?? replyUs, way, doneBy);
  spans.add("business", finishUs ?? replyUs, way, doneBy);
  spans.add("unwritten", writeUs ?? replyUs, way, way.writtenBy);
  if (way.sentUs !== undefined) spans.add("replying", replyUs, way);
}

/** All of it had come when one thread noticed, and it waits for another one that reads the rest. */
function isLent({ sentUs = Infinity, noticedUs = 0, noticedBy, readBy }: RequestWay): boolean {
  return noticedBy !== readBy && sentUs <= noticedUs;
}

/** When a request was over, as far as anybody tells; Infinity: it is not. */
export function overUs(way: RequestWay): number {
  return way.replyUs ?? (way.sentUs === undefined ? way.writeUs : undefined) ?? Infinity;
}

function firstOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? a ?? b : Math.min(a, b);
}

/** Spans, one behind the other, up to a time. */
class SpanList {
  readonly list: ClientSpan[] = [];
  /** True when a state has not ended by the time until which spans are asked for. */
  done = false;
  #us = 0;

  constructor(readonly untilUs: number) {}

  skipTo(us: number): void {
    this.#us = us;
  }

  /** The state that lasts from the end of the one before until `endUs`; undefined: it still lasts. */
  add(state: ClientState, endUs: number | undefined, way?: RequestWay, thread?: string): void {
    const [fromUs, toUs] = [this.#us, Math.min(endUs ?? Infinity, this.untilUs)];
    const open = endUs === undefined || endUs > this.untilUs;
    if (this.done || (toUs <= fromUs && !open)) return;
    if (toUs > fromUs) this.list.push({ state, fromUs, toUs, open, way, thread });
    [this.#us, this.done] = [toUs, open];
  }
}
