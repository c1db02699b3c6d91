/** Threads that are there for one request only: they have to be looked at while it is under way. */
import type { Client } from "./client.ts";
import { type Experiment, Inconclusive } from "./experiment.ts";
import { FOR_GOOD_MS, served } from "./measure.ts";
import { perThread, standsOut, threadGrowth } from "./thread_use.ts";
import type { ThreadSample } from "./proc.ts";
import { untilQuiet } from "./quiet.ts";
import type { RunningServer } from "./target.ts";

const REPLY = "FIB is to be answered.";
const LOOK_EVERY_MS = 8;
/** CPU time that stands out beside what a thread costs to start. */
const CLEAR_NS = 80_000_000;
const FIRST_FIB = 28, LAST_FIB = 40;
/** Each of them: so much CPU time as a server that hangs uses before it is taken for one. */
const MOST_ROUNDS = 8;
const PINGS = 5;

/**
 * The thread that does a client's business, though it may be gone when the reply is there.
 *
 * @returns its number.
 * @throws Inconclusive when no thread stands out.
 */
export async function workedBriefly(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<number> {
  for (let n = FIRST_FIB; n <= LAST_FIB; n += 2) {
    await t.quiet(server);
    const before = server.threads();
    const latest = new Map<number, ThreadSample>();
    const look = () => server.threads().forEach((thread) => latest.set(thread.tid, thread));
    const looking = setInterval(look, LOOK_EVERY_MS);
    try {
      await t.answered(server, client.ask("FIB", `${n}`), `FIB ${n}`, REPLY);
    } finally {
      clearInterval(looking);
    }
    const one = standsOut(perThread(before, [...latest.values()], "cpuNs"), CLEAR_NS);
    if (one === undefined) continue;
    t.record("server", `did it on thread ${one.thread.tid} (${one.thread.name})`);
    return one.thread.tid;
  }
  throw new Inconclusive("no thread stands out by its CPU time");
}

/**
 * Lets so many clients ask at once for something that blocks for good.
 *
 * @returns how many threads that costs.
 */
export async function burstOfThreads(
  t: Experiment,
  server: RunningServer,
  count: number,
): Promise<number> {
  const clients = await t.connectMany(server, count, "burst client");
  await t.quiet(server);
  const before = server.threads();
  for (const client of clients) await client.send("SLEEP", FOR_GOOD_MS);
  // To start so many threads is much work, and no sign that the server works without end.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (await untilQuiet(server, () => false) !== "busy") break;
  }
  const more = Math.max(0, threadGrowth(server, before));
  t.record("server", `has ${more} threads more than before the burst`);
  return more;
}

/** How long a PING takes, in ms: the middle one of some, for a verdict's text and not for a verdict. */
export async function pingMs(t: Experiment, server: RunningServer): Promise<string> {
  const client = await t.connect(server, "measuring client");
  const times: number[] = [];
  for (let i = 0; i <= PINGS; i++) {
    const startMs = performance.now();
    await served(t, server, client);
    times.push(performance.now() - startMs);
  }
  // The first one may cost the server something that the others do not.
  return times.slice(1).sort((a, b) => a - b)[PINGS >> 1].toFixed(1);
}
