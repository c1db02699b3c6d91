/** Measurements that several claims share. Each says in words what it found. */
import type { Client } from "./client.ts";
import { type Experiment, Inconclusive } from "./experiment.ts";
import type { RunningServer } from "./target.ts";
import type { ThreadSample } from "./proc.ts";
import { between } from "./random.ts";

/** Longer than any experiment: the server is ended long before. */
const FOR_GOOD_MS = "60000";
/** The Fibonacci numbers that probes ask for: little work, and values not to be had by chance. */
const FIRST_FIB = 12, FIBS = [144, 233, 377, 610, 987, 1597, 2584, 4181, 6765];

const SERVE_ALL = "Every connected client is to be served, whatever the others do.";

/** Lets a client's request block for as long as the experiment takes. */
export async function blockBusiness(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<void> {
  await client.send("SLEEP", FOR_GOOD_MS);
  await t.held(
    server,
    client.reply(),
    `${client.name} asked for SLEEP ${FOR_GOOD_MS}`,
    "SLEEP has to block for so many milliseconds before it replies.",
  );
}

/** Asks for a little business, and returns what becomes of it: "answered" or "held". */
export async function probe(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<"answered" | "held"> {
  const at = between(t.random, 0, FIBS.length - 1);
  const fate = await t.fate(server, client.ask("FIB", `${FIRST_FIB + at}`));
  if (fate.kind === "held") {
    t.record("server", "is quiet: no thread runs, and the reply has not come");
    return "held";
  }
  t.expect(
    fate.value === `:${FIBS[at]}`,
    `FIB ${FIRST_FIB + at} was answered with ${fate.value}`,
    `The right reply is :${FIBS[at]}.`,
  );
  return "answered";
}

/**
 * How many requests the server works on at once: clients whose request blocks are added one by one,
 * until the request of one more is held up.
 *
 * @returns the number; Infinity when with `most` of them one more is still answered.
 */
export async function businessConcurrency(
  t: Experiment,
  server: RunningServer,
  most: number,
): Promise<number> {
  const other = await t.connect(server, "one more client");
  for (let sleeping = 0; sleeping < most; sleeping++) {
    if (await probe(t, server, other) === "held") return sleeping;
    const sleeper = await t.connect(server, `sleeper ${sleeping + 1}`);
    // A client that is not served at all would look like one whose request is under way.
    await t.answered(server, sleeper.ask("PING"), `${sleeper.name} sent PING`, SERVE_ALL);
    await blockBusiness(t, server, sleeper);
  }
  return await probe(t, server, other) === "held" ? most : Infinity;
}

/** How many more threads the server has than in the earlier sample. */
export function threadGrowth(server: RunningServer, before: readonly ThreadSample[]): number {
  return server.threads().length - before.length;
}

/** Threads that started since the earlier sample. */
export function newThreads(
  server: RunningServer,
  before: readonly ThreadSample[],
): ThreadSample[] {
  const old = new Set(before.map(({ tid }) => tid));
  return server.threads().filter(({ tid }) => !old.has(tid));
}

/** Connects clients that each get one reply, so that whatever a client costs is there. */
export async function connectServed(
  t: Experiment,
  server: RunningServer,
  count: number,
): Promise<Client[]> {
  const clients = await t.connectMany(server, count);
  for (const client of clients) {
    await t.answered(
      server,
      client.ask("PING"),
      `${client.name} sent PING`,
      SERVE_ALL,
    );
  }
  await t.quiet(server);
  return clients;
}

/** A difference between two samples: CPU time, or kernel time, of each thread, largest first. */
export function perThread(
  before: readonly ThreadSample[],
  after: readonly ThreadSample[],
  what: "cpuNs" | "systemTicks" | "runs",
): { thread: ThreadSample; used: number }[] {
  const earlier = new Map(before.map((thread) => [thread.tid, thread[what]]));
  return after
    .map((thread) => ({ thread, used: thread[what] - (earlier.get(thread.tid) ?? 0) }))
    .sort((a, b) => b.used - a.used);
}

/**
 * Over how many threads something is spread: 1 when one thread has it all, n when n threads have
 * the same share each (the inverse of the Herfindahl index).
 */
export function spread(parts: readonly number[]): number {
  const total = parts.reduce((sum, part) => sum + part, 0);
  const squares = parts.reduce((sum, part) => sum + part * part, 0);
  return squares === 0 ? 0 : total * total / squares;
}

/**
 * How busy an idle server is, as a share of one core.
 *
 * @throws Inconclusive when it is neither clearly idle nor clearly busy.
 */
export async function idleCpuShare(t: Experiment, server: RunningServer): Promise<number> {
  const windows: string[] = [];
  for (const windowMs of [250, 500, 1000]) {
    const before = server.threads();
    const startMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, windowMs));
    const after = server.threads();
    const tookMs = performance.now() - startMs;
    const used = perThread(before, after, "cpuNs").reduce((sum, { used }) => sum + used, 0);
    const share = used / (tookMs * 1e6);
    t.record(
      "server",
      `used ${(share * 100).toFixed(2)} % of a core while nobody asked for anything`,
    );
    if (share < 0.01 || share > 0.05) return share;
    windows.push((share * 100).toFixed(1));
  }
  throw new Inconclusive(
    `used ${windows.join(", ")} % of a core while idle: between idle and busy`,
  );
}
