/**
 * Which threads wake for a client. A thread that serves goes to sleep about once for each small thing
 * that a client sends, and the kernel counts that: a witness of another kind than CPU time, which whoever
 * pretends can burn on any thread.
 */
import type { Client } from "../clients/client.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { between } from "../experiment/random.ts";
import type { RunningServer } from "../server/running_server.ts";
import { countersOf, growthOf } from "../server/thread_counters.ts";
import { served } from "./served_or_held.ts";

/** Small requests, or pieces of one, sent one at a time. */
export const TIMES = 12;
/** So many of them have to wake a thread that serves: on a busy machine it may not get to sleep between two. */
export const MOST_OF_THEM = 6;
/** Bytes of a piece, drawn. Pieces of one line are together far below the longest that is taken. */
const LEAST_BYTES = 60, MOST_BYTES = 250;
/** Of the bytes that were sent: a runtime may read something else meanwhile, but hardly as much. */
const NEARLY = 0.85;
/** Between two looks whether all threads sleep again, and how many of them at most. */
const LOOK_MS = 2, MOST_LOOKS = 25;

/** What each thread did meanwhile, largest first. */
export type Growth = ReturnType<typeof growthOf>;

/** What was counted over some small things that a client did. */
export interface Counted {
  readonly sleeps: Growth;
  readonly readBytes: Growth;
  readonly writtenBytes: Growth;
  /** How long all of it took. */
  readonly tookMs: number;
}

/** The same over a dozen pieces of requests. */
export interface CountedPieces extends Counted {
  /** Bytes of the pieces together. */
  readonly sentBytes: number;
}

/** How often each thread wakes for a dozen PINGs of one client. */
export function wakesForPings(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<Counted> {
  return countedFor(t, server, TIMES, () => served(t, server, client));
}

/** What each thread does for pieces of a request, which are to be read and no more. */
export async function countedForPieces(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<CountedPieces> {
  const piece = "x".repeat(between(t.random, LEAST_BYTES, MOST_BYTES));
  await client.sendRaw("ECHO ");
  const counted = await countedFor(t, server, TIMES, () => client.sendRaw(piece));
  await client.sendRaw("\r\n");
  await t.answered(server, client.reply(), `${client.name}'s ECHO in pieces`, "");
  return { ...counted, sentBytes: TIMES * piece.length };
}

/**
 * The same for the first piece of each of a dozen new clients. They are gone afterwards.
 */
export async function countedForFirstPieces(
  t: Experiment,
  server: RunningServer,
): Promise<CountedPieces> {
  const piece = `ECHO ${"x".repeat(between(t.random, LEAST_BYTES, MOST_BYTES))}`;
  const clients = await t.connectMany(server, TIMES, "client with a piece");
  const left = [...clients];
  const counted = await countedFor(t, server, TIMES, async () => {
    await left.pop()?.sendRaw(piece);
  });
  for (const client of clients) client.close();
  await t.quiet(server);
  return { ...counted, sentBytes: TIMES * piece.length };
}

/** Does something small again and again, each time when all threads sleep. */
export async function countedFor(
  t: Experiment,
  server: RunningServer,
  times: number,
  action: () => Promise<unknown>,
): Promise<Counted> {
  await t.quiet(server);
  const before = countersOf(server.processes()), startMs = performance.now();
  for (let time = 0; time < times; time++) {
    await action();
    await asleep(server);
  }
  const after = countersOf(server.processes());
  return {
    tookMs: performance.now() - startMs,
    sleeps: growthOf(before, after, "sleeps"),
    readBytes: growthOf(before, after, "readBytes"),
    writtenBytes: growthOf(before, after, "writtenBytes"),
  };
}

/** A moment, and until no thread runs or wants to. */
async function asleep(server: RunningServer): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    if (server.threads().every(({ state }) => state !== "R")) return;
  }
}

/** How often a thread woke. */
export function wakesOf({ sleeps }: Counted, tid: number): number {
  return sleeps.find((one) => one.tid === tid)?.grew ?? 0;
}

/**
 * The threads that read or wrote so many bytes by the kernel's count: none of programs that use `recv` and
 * `send`, and now and then one more, of a runtime that reads something of its own.
 */
export function allByBytes(growth: Growth, bytes: number): number[] {
  return growth.filter(({ grew }) => grew >= NEARLY * bytes).map(({ tid }) => tid);
}

/** The thread that did, when there is just one. */
export function byBytes(growth: Growth, bytes: number): number | undefined {
  const [tid, other] = allByBytes(growth, bytes);
  return other === undefined ? tid : undefined;
}
