/** Measurements that several claims share. Each says in words what it found. */
import { type Client, shown } from "./client.ts";
import { type Experiment, Inconclusive } from "./experiment.ts";
import type { RunningServer } from "./target.ts";
import { socketsAt, type ThreadSample } from "./proc.ts";
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

/**
 * Asks for a little business, and returns what becomes of it: "answered" or "held". Asked again, it is
 * the same question: a server that remembers the answer, and does not do the work, gives itself away.
 */
export async function probe(
  t: Experiment,
  server: RunningServer,
  client: Client,
  question = between(t.random, 0, FIBS.length - 1),
): Promise<"answered" | "held"> {
  const fate = await t.fate(server, client.ask("FIB", `${FIRST_FIB + question}`));
  if (fate.kind === "held") {
    t.record("server", "is quiet: no thread runs, and the reply has not come");
    return "held";
  }
  t.expect(
    fate.value === `:${FIBS[question]}`,
    `FIB ${FIRST_FIB + question} was answered with ${fate.value}`,
    `The right reply is :${FIBS[question]}.`,
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
  const question = between(t.random, 0, FIBS.length - 1);
  for (let sleeping = 0; sleeping < most; sleeping++) {
    if (await probe(t, server, other, question) === "held") return sleeping;
    const sleeper = await t.connect(server, `sleeper ${sleeping + 1}`);
    // A client that is not served at all would look like one whose request is under way.
    await served(t, server, sleeper);
    await blockBusiness(t, server, sleeper);
  }
  return await probe(t, server, other, question) === "held" ? most : Infinity;
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

/**
 * One client that connects, gets one reply and closes.
 *
 * @returns the threads that started since `before` and that its connection, when idle, still has.
 */
export async function shortClient(
  t: Experiment,
  server: RunningServer,
  name: string,
  before: readonly ThreadSample[],
): Promise<ThreadSample[]> {
  const client = await t.connect(server, name);
  await served(t, server, client);
  await t.quiet(server);
  const started = newThreads(server, before);
  await closeUntilSeen(t, server, client);
  return started;
}

/** Closes the client, and waits until the server has closed its end too, or is quiet. */
export async function closeUntilSeen(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<void> {
  client.close();
  await t.until(
    server,
    () => !socketsAt(server.port).some(({ remotePort }) => remotePort === client.port),
  );
}

/** Fails unless the client gets the right reply to PING: not any bytes that look like a reply. */
export async function served(
  t: Experiment,
  server: RunningServer,
  client: Client,
  what = `${client.name} sent PING`,
  hint = SERVE_ALL,
): Promise<void> {
  const reply = await t.answered(server, client.ask("PING"), what, hint);
  t.expect(reply === "+PONG", `${what}: it got ${shown(reply)}`, "The right reply is +PONG.");
  // Who floods its clients has answered none of them.
  t.expect(client.unasked === 0, `${what}: it got replies without end`, "One request, one reply.");
}

/** Connects clients that each get one reply, so that whatever a client costs is there. */
export async function connectServed(
  t: Experiment,
  server: RunningServer,
  count: number,
): Promise<Client[]> {
  const clients = await t.connectMany(server, count);
  for (const client of clients) {
    await served(t, server, client);
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

/** Times that the threads of an idle server may be woken in one window, and still count as idle. */
const FEW_WAKES = 10;
/** More than that in one window, and something asks again and again: 40 a second at least. */
const MANY_WAKES = 40;

/**
 * Whether a server on which nobody asks for anything waits without using the CPU, and what was seen.
 * A loop that waits is not woken at all. One that polls with a pause uses little CPU time, but is put
 * on a core each time; one that polls without a pause stays on it.
 *
 * @throws Inconclusive when it is neither clearly idle nor clearly busy.
 */
export async function restsWhenIdle(
  t: Experiment,
  server: RunningServer,
): Promise<{ rests: boolean; seen: string }> {
  let seen = "";
  for (const windowMs of [250, 500, 1000]) {
    const before = server.threads();
    const startMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, windowMs));
    const after = server.threads();
    const tookMs = performance.now() - startMs;
    const sum = (what: "cpuNs" | "runs") =>
      perThread(before, after, what).reduce((total, { used }) => total + used, 0);
    const share = sum("cpuNs") / (tookMs * 1e6);
    const wakes = sum("runs");
    seen = `used ${(share * 100).toFixed(2)} % of a core, and woke ${wakes} times in ` +
      `${tookMs.toFixed(0)} ms`;
    t.record("server", `${seen}, while nobody asked for anything`);
    if (share < 0.01 && wakes <= FEW_WAKES) return { rests: true, seen };
    if (share > 0.05 || wakes > MANY_WAKES) return { rests: false, seen };
  }
  throw new Inconclusive(`the idle server ${seen}: between idle and busy`);
}
