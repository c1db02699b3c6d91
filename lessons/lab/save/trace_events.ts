/**
 * Lanes as trace events, which Perfetto and Chrome's tracing show: a named track a thread and a client,
 * and an arrow for each request from its client to the thread that works for it, and back.
 *
 * Times are microseconds, as here. See "Trace Event Format" for what the letters mean.
 */
import type { ClientLane } from "../lanes/client_lane.ts";
import { clientSpans } from "../lanes/client_spans.ts";
import type { Lanes } from "../lanes/lanes.ts";
import type { RequestWay } from "../lanes/request_way.ts";
import type { ThreadLane } from "../lanes/thread_lane.ts";
import { waitsOf } from "../lanes/waits.ts";
import { STATE_WORDS, waitText } from "../lanes/words.ts";

/** One event of the format; which fields it has depends on its letter. */
export interface TraceEvent {
  /** X: a span. i: a moment. M: a name. s, f: an arrow's beginning and end. C: counters. */
  readonly ph: "X" | "i" | "M" | "s" | "f" | "C";
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: string;
  readonly cat?: string;
  /** For an arrow's end: it ends in the span that is there then. */
  readonly bp?: "e";
  readonly s?: "t";
  readonly args?: Readonly<Record<string, unknown>>;
}

/** The groups of tracks; their order in Perfetto too. */
const SERVER = 1, CLIENTS = 2, KERNEL = 3;

/** All lanes as trace events. */
export function traceEvents(lanes: Lanes): TraceEvent[] {
  const threads = [...lanes.threads.values()];
  const tids = new Map(threads.map(({ name }, at) => [name, at + 1]));
  return [
    ...[[SERVER, "server"], [CLIENTS, "clients"], [KERNEL, "kernel"]].map(([pid, name]) =>
      named("process_name", Number(pid), 0, String(name))
    ),
    ...threads.flatMap((thread, at) => threadTrack(thread, at + 1, lanes.nowUs)),
    ...lanes.clients.flatMap((client, at) => clientTrack(lanes, client, at + 1)),
    ...lanes.clients.flatMap((client, at) => arrows(client, at + 1, tids)),
    ...counters(lanes),
  ];
}

function named(kind: string, pid: number, tid: number, name: string): TraceEvent {
  return { ph: "M", name: kind, pid, tid, args: { name } };
}

function span(pid: number, tid: number, name: string, fromUs: number, toUs: number): TraceEvent {
  return { ph: "X", name, pid, tid, ts: fromUs, dur: toUs - fromUs };
}

function threadTrack(thread: ThreadLane, tid: number, nowUs: number): TraceEvent[] {
  const events = [named("thread_name", SERVER, tid, thread.name)];
  for (const { kind, fromUs, toUs, client, request } of thread.spans(-Infinity, nowUs)) {
    if (kind === "waits") continue;
    const text = client?.requests.find(({ number }) => number === request)?.text ?? "";
    const name = kind === "business" ? `${text} of ${client?.name}` : "starts a thread";
    events.push(span(SERVER, tid, name, fromUs, toUs));
  }
  for (const { us, event, client, detail } of thread.steps) {
    if (event === "start" || event === "finish") continue;
    const name = client === undefined ? event : `${event} ${client.name}`;
    events.push({ ph: "i", name, pid: SERVER, tid, ts: us, s: "t", args: { detail } });
  }
  return events;
}

function clientTrack(lanes: Lanes, client: ClientLane, tid: number): TraceEvent[] {
  const waits = new Map(
    waitsOf(lanes, client, lanes.nowUs).map((wait) => [wait.span.fromUs, waitText(wait)]),
  );
  const spans = clientSpans(client, lanes.nowUs).map(({ state, fromUs, toUs, way }) => ({
    ...span(CLIENTS, tid, STATE_WORDS[state], fromUs, toUs),
    args: { request: way?.text, waited: waits.get(fromUs) },
  }));
  return [named("thread_name", CLIENTS, tid, client.name), ...spans];
}

/** From the client to the business, and from the business back to the client. */
function arrows(client: ClientLane, tid: number, tids: ReadonlyMap<string, number>): TraceEvent[] {
  return client.requests.flatMap((way) => {
    const thread = tids.get(way.doneBy ?? "");
    return thread === undefined ? [] : [
      ...arrow(`${tid}.${way.number}`, [CLIENTS, tid, way.sentUs], [SERVER, thread, way.startUs]),
      ...arrow(`${tid}.${way.number}r`, [SERVER, thread, way.finishUs], [
        CLIENTS,
        tid,
        lastUs(way),
      ]),
    ];
  });
}

/** The last moment in which the reply is on its way: the arrow ends in that span. */
function lastUs({ replyUs, finishUs }: RequestWay): number | undefined {
  return replyUs === undefined || finishUs === undefined
    ? undefined
    : Math.max(finishUs, replyUs - 1);
}

type Place = readonly [pid: number, tid: number, us: number | undefined];

function arrow(id: string, [fromPid, fromTid, from]: Place, [pid, tid, to]: Place): TraceEvent[] {
  if (from === undefined || to === undefined) return [];
  const common = { name: "request", cat: "request", id };
  return [
    { ph: "s", ...common, pid: fromPid, tid: fromTid, ts: from },
    { ph: "f", bp: "e", ...common, pid, tid, ts: to },
  ];
}

/** The accept queue: what the clients' spans say, and what the kernel was seen to have. */
function counters({ clients, nowUs, kernel }: Lanes): TraceEvent[] {
  const count = (ts: number, name: string, args: Record<string, number>): TraceEvent => ({
    ph: "C",
    name,
    pid: KERNEL,
    tid: 0,
    ts,
    args,
  });
  if (kernel.points.length > 0) {
    return kernel.points.flatMap(({ us, acceptQueue, unread, unsent }) => [
      count(us, "accept queue", { connections: acceptQueue }),
      count(us, "unread and unsent", { unread, unsent }),
    ]);
  }
  const changes = clients.flatMap((client) => clientSpans(client, nowUs))
    .filter(({ state }) => state === "accept-queue")
    .flatMap(({ fromUs, toUs }) => [[fromUs, 1], [toUs, -1]]).sort(([a], [b]) => a - b);
  let connections = 0;
  return changes.map(([us, change]) =>
    count(us, "accept queue", { connections: connections += change })
  );
}
