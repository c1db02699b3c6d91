/**
 * The two ways to ask: when a client has its replies, and when it is time.
 *
 * Closed loop: a client sends again when it has its replies. While the server rests nothing is sent, so
 * nothing measures the rest but the requests that were under way. Open loop, at a fixed rate: request
 * number k should go at k / rate, whatever the server does, and its time counts from then. A client
 * that still waits for replies sends later; that the request went later is in its time.
 */
import type { LoadClient } from "./load_client.ts";
import type { Schedule } from "./schedule.ts";
import { record, type Tally } from "./tally.ts";
import type { Batch, Batches } from "./work.ts";

/** One client, and what it asks for. */
export interface Lane {
  readonly client: LoadClient;
  readonly batches: Batches;
  /** From 0. */
  readonly number: number;
}

/** One run: from when until when requests go, and what it came to. */
export interface Run {
  readonly startMs: number;
  endMs: number;
  /** When the last reply came. */
  lastMs: number;
  /** No reply is waited for any more. */
  over: boolean;
  readonly tally: Tally;
}

/** How clients ask. */
export interface Manner {
  /** Requests that a client sends in one piece, at most. */
  readonly pipeline: number;
  /** A new connection for each piece. */
  readonly churn: boolean;
}

/** When requests go in an open loop. */
export interface Rate {
  /** Requests a second, of all clients. */
  readonly perSecond: number;
  readonly clients: number;
  /** So much later goes the first, in ms. */
  readonly offsetMs: number;
  readonly schedule: Schedule;
}

/** Asks until it is time to end. @throws Error when the server breaks its word or the connection. */
export async function closedLoop(lane: Lane, run: Run, manner: Manner): Promise<void> {
  const { tally } = run;
  while (!run.over && performance.now() < run.endMs) {
    const sentMs = performance.now();
    let waiting = manner.pipeline;
    const answered = await ask(lane, lane.batches.next(waiting), run, manner, (nowMs) => {
      waiting--;
      record(tally.latency, nowMs - sentMs);
    });
    if (answered) continue;
    tally.unanswered += waiting;
    for (; waiting > 0; waiting--) record(tally.latency, performance.now() - sentMs);
  }
}

/** Asks at a fixed rate. @throws Error when the server breaks its word or the connection. */
export async function openLoop(lane: Lane, run: Run, manner: Manner, rate: Rate): Promise<void> {
  const { tally } = run, { perSecond, clients, offsetMs, schedule } = rate;
  const dueMs = (n: number) =>
    run.startMs + offsetMs + (n * clients + lane.number) * 1000 / perSecond;
  let answered = 0;
  while (!run.over && dueMs(answered) < run.endMs) {
    const wasFree = performance.now() < dueMs(answered);
    await schedule.until(dueMs(answered));
    if (run.over) break;
    const nowMs = performance.now();
    if (wasFree) record(tally.late, nowMs - dueMs(answered));
    const isDue = (n: number) => dueMs(n) <= nowMs && dueMs(n) < run.endMs;
    let count = 1;
    while (count < manner.pipeline && isDue(answered + count)) count++;
    await ask(lane, lane.batches.next(count), run, manner, (nowMs) => {
      record(tally.latency, nowMs - dueMs(answered++));
    });
  }
  const endMs = performance.now();
  for (; dueMs(answered) < Math.min(run.endMs, endMs); answered++) {
    tally.unanswered++;
    record(tally.latency, endMs - dueMs(answered));
  }
}

/** @returns whether all replies came; false: nobody waits for them any more. */
async function ask(
  { client }: Lane,
  batch: Batch,
  run: Run,
  { churn }: Manner,
  onReply: (nowMs: number) => void,
): Promise<boolean> {
  try {
    await client.connect();
    await client.ask(batch, () => {
      run.lastMs = performance.now();
      run.tally.replies++;
      onReply(run.lastMs);
    });
    if (churn) client.leave();
    return true;
  } catch (error) {
    if (!run.over) throw error;
    return false;
  }
}
