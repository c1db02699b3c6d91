/**
 * For whom a client waited.
 *
 * A wait ends with a step of some thread: it accepts the client, reads its bytes, begins its business.
 * What that thread did for others until then is what the client waited for.
 */
import { lastAt } from "./by_time.ts";
import type { ClientLane } from "./client_lane.ts";
import { type ClientSpan, clientSpans, WAITING } from "./client_spans.ts";
import { guessedReasons } from "./guessed_reasons.ts";
import type { Lanes } from "./lanes.ts";
import type { Reason, ReasonKind } from "./reason.ts";
import type { ThreadLane } from "./thread_lane.ts";
import { awaitsOwnThread, whoWillEnd } from "./who_will_end.ts";

/** A span in which a client waited for the server. */
export interface Wait {
  readonly client: ClientLane;
  readonly span: ClientSpan;
  /** In the order of time; empty: for nobody, the server was just not quicker. */
  readonly reasons: readonly Reason[];
}

/** The waits of a client up to a time, one that has not ended too. */
export function waitsOf(lanes: Lanes, client: ClientLane, toUs: number, fromUs?: number): Wait[] {
  return clientSpans(client, toUs, fromUs).filter(({ state }) => WAITING.has(state))
    .map((span) => ({ client, span, reasons: reasonsFor(lanes, client, span) }));
}

/** For whom a client waited in a span. */
export function reasonsFor(lanes: Lanes, client: ClientLane, span: ClientSpan): Reason[] {
  if (!lanes.hasTrace) return guessedReasons(lanes.clients, client, span);
  const ending = span.thread === undefined ? undefined : lanes.threads.get(span.thread);
  const threads = ending === undefined ? whoWillEnd(lanes, client, span) : [ending];
  if (threads.length === 0 && awaitsOwnThread(lanes, span)) {
    const { fromUs, toUs, way } = span;
    return [{ kind: "starts-thread", fromUs, toUs, client, request: way?.number ?? 0 }];
  }
  return joined(threads.flatMap((thread) => {
    const upUs = startedInside(thread, client, span);
    if (upUs === undefined) return busyWithOthers(thread, client, span);
    const before = untilRoomCame(lanes, client, span, upUs);
    const fromUs = before.at(-1)?.toUs ?? span.fromUs;
    const own = { client, request: span.way?.number ?? 0, thread: thread.name };
    return [...before, { kind: "starts-thread", fromUs, toUs: upUs, ...own } satisfies Reason];
  }));
}

/** When the thread came up, if that was in the span and for this client. */
function startedInside(
  thread: ThreadLane,
  client: ClientLane,
  { fromUs, toUs }: ClientSpan,
): number | undefined {
  const { startedUs, steps } = thread;
  if (startedUs === undefined || startedUs <= fromUs || startedUs > toUs) return undefined;
  return steps.find((step) => step.client !== undefined)?.client === client ? startedUs : undefined;
}

/** A thread could be started only once another had ended: for whom that one worked until then. */
function untilRoomCame(
  lanes: Lanes,
  client: ClientLane,
  span: ClientSpan,
  upUs: number,
): Reason[] {
  const queuedUs = span.way?.queuedUs;
  const end = lanes.threadEnds[lastAt(lanes.threadEnds, upUs)];
  if (queuedUs === undefined || end === undefined || end.us < queuedUs) return [];
  return busyWithOthers(end.thread, client, { ...span, toUs: end.us });
}

/** What the thread did for other clients in the span. */
function busyWithOthers(thread: ThreadLane, client: ClientLane, span: ClientSpan): Reason[] {
  const reasons: Reason[] = [];
  const { steps, name } = thread;
  for (let at = Math.max(0, lastAt(steps, span.fromUs)); steps[at]?.us < span.toUs; at++) {
    const { us, client: other, request } = steps[at];
    const kind = whyBusy(thread, at, span);
    if (kind === undefined || other === undefined || other === client) continue;
    const endUs = kind === "starts-thread" ? other.threadUpUs : undefined;
    const nextUs = Math.min(steps[at + 1]?.us ?? span.toUs, endUs ?? span.toUs);
    const [fromUs, toUs] = [Math.max(us, span.fromUs), Math.min(nextUs, span.toUs)];
    if (toUs > fromUs) reasons.push({ kind, fromUs, toUs, client: other, request, thread: name });
  }
  return reasons;
}

/** What kept the thread busy between two of its steps; undefined: nothing that one can tell. */
function whyBusy({ steps }: ThreadLane, at: number, span: ClientSpan): ReasonKind | undefined {
  const [step, next] = [steps[at], steps[at + 1]];
  if (step.event === "start") return "business";
  if (step.event === "accept" && step.client?.threadUpUs !== undefined) return "starts-thread";
  if (step.event === "close" || step.event === "give") return undefined;
  // A thread that watches many would have accepted. This one is with its one client.
  const staysWithOne = next === undefined || next.client === step.client;
  return span.state === "accept-queue" && staysWithOne ? "held" : undefined;
}

/** Parts that follow each other, and in which the same thread was with the same client, become one. */
function joined(reasons: readonly Reason[]): Reason[] {
  const list: Reason[] = [];
  for (const reason of reasons) {
    const last = list.at(-1);
    const longer = last === undefined || timeOf(reason) > timeOf(last) ? reason : last;
    if (last === undefined || !followsOn(last, reason)) list.push(reason);
    else list[list.length - 1] = { ...longer, fromUs: last.fromUs, toUs: reason.toUs };
  }
  return list;
}

function timeOf({ fromUs, toUs }: Reason): number {
  return toUs - fromUs;
}

function followsOn(a: Reason, b: Reason): boolean {
  const isWithOne = ({ kind }: Reason) => kind === "held" || kind === "business";
  return a.client === b.client && a.thread === b.thread && isWithOne(a) && isWithOne(b) &&
    a.toUs === b.fromUs;
}
