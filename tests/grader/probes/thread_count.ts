/** How many threads a server has, and how many of them are there because of its clients. */
import { untilQuiet } from "../server/at_rest.ts";
import { type Experiment, Inconclusive } from "../experiment/experiment.ts";
import type { ThreadSample } from "../server/proc.ts";
import type { RunningServer } from "../server/running_server.ts";

/** Longer than it takes to start so many threads on a busy machine, in ms. */
const BURST_MS = 20_000;
/** Each of them: so much CPU time as a server that hangs uses before it is taken for one. */
const MOST_ROUNDS = 8;

/** How many more threads the server has than in the earlier sample. */
export function threadGrowth(server: RunningServer, before: readonly ThreadSample[]): number {
  return server.threads().length - before.length;
}

/** So many threads a runtime starts late, or ends, for itself: they make no pool, and are no client's. */
export const RUNTIMES_OWN = 2;

/** `1 thread`, `2 threads`, `2 processes`. */
export function counted(count: number, what: string): string {
  const plural = what.endsWith("s") ? "es" : "s";
  return `${count} ${what}${count === 1 ? "" : plural}`;
}

/**
 * How many threads clients cost, for a verdict.
 *
 * @param growth from `threadGrowth`.
 * @param most how many are not the clients'.
 */
export function costText(clients: number, growth: number, most = RUNTIMES_OWN): string {
  if (growth <= 0) return `${clients} clients cost no thread`;
  const own = growth <= most ? ", no more than the runtime's own" : "";
  return `${clients} clients cost ${counted(growth, "thread")}${own}`;
}

/** Threads that started since the earlier sample. */
export function newThreads(
  server: RunningServer,
  before: readonly ThreadSample[],
): ThreadSample[] {
  const old = new Set(before.map(({ tid }) => tid));
  return server.threads().filter(({ tid }) => !old.has(tid));
}

/**
 * Lets so many clients ask at once for something that blocks for good.
 *
 * @returns how many threads that costs.
 * @throws Inconclusive when the first request was over before the last thread was there.
 */
export async function burstOfThreads(
  t: Experiment,
  server: RunningServer,
  count: number,
): Promise<number> {
  const clients = await t.connectMany(server, count, "burst client");
  await t.quiet(server);
  const before = server.threads();
  const pace = t.paceOf(server);
  for (const client of clients) {
    const ms = pace.blocksMs(BURST_MS, t.holds.nextMs(pace));
    const sentMs = performance.now();
    const sent = client.send("SLEEP", `${ms}`);
    t.holds.block(client, ms, sentMs, sent.then(() => client.reply()));
    await sent;
  }
  await settled(server);
  // Not by the growth: in the seconds that this takes on a busy machine a runtime ends some of its own.
  const more = newThreads(server, before).length;
  t.record("server", `has ${more} threads more than before the burst`);
  // One whose request is over has ended, and was not counted.
  t.holds.check(pace);
  return more;
}

/** Waits until the server rests: to start many threads is much work, and no sign that it works without end. */
async function settled(server: RunningServer): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const outcome = await untilQuiet(server, () => false);
    if (outcome === "quiet" || outcome === "ended") return;
  }
  throw new Inconclusive("the server was not quiet after a burst when the time was over");
}
