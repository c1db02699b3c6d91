/**
 * Which threads read and write the sockets. Nothing else is going on in the server while one client
 * does one thing, so the thread that then uses CPU time is the one that deals with that client.
 */
import { type Client, writeAll } from "./client.ts";
import { type Experiment, Inconclusive } from "./experiment.ts";
import { fillBuffers, takeAll } from "./late_reader.ts";
import { perThread } from "./measure.ts";
import type { RunningServer } from "./target.ts";

/** Part of a request: enough bytes for the reading of them to show, and no business to do. */
const ECHO_BYTES = 500_000;
const REQUEST_HEAD = new TextEncoder().encode(`*2\r\n$4\r\nECHO\r\n$${ECHO_BYTES}\r\n`);
const PART = new Uint8Array(100_000).fill(120);
/** CPU time below which a thread did not deal with so many bytes. */
const SOME_NS = 15_000;
const TRIES = 4;
/**
 * So often the same thread: to read a part takes little CPU time, and a collector or a compiler that
 * happens to run meanwhile may need more. To write to a deaf client is far more work.
 */
const SURELY = 2;
/** What each client still has to send before its request is whole. */
const missing = new WeakMap<Client, number>();
const SERVES_ALL = "The server is to serve every client, whatever the others do.";

/**
 * The thread that reads from each of several clients: each in turn sends a part of a request.
 *
 * @returns the threads' numbers, in the order of the clients.
 * @throws Inconclusive when no thread stands out.
 */
export async function readersOf(
  t: Experiment,
  server: RunningServer,
  clients: readonly Client[],
): Promise<number[]> {
  const readers: number[] = [];
  await t.quiet(server);
  for (const client of clients) {
    await writeAll(client.conn, REQUEST_HEAD);
    missing.set(client, ECHO_BYTES);
    const what = `read what ${client.name} sent`;
    const send = () => {
      missing.set(client, (missing.get(client) ?? 0) - PART.length);
      return t.answered(server, writeAll(client.conn, PART), `a server that ${what}`, SERVES_ALL);
    };
    readers.push(await insist(() => whoRuns(t, server, what, send), SURELY));
  }
  return readers;
}

/** Sends the rest of the request of which `readersOf` sent a part, and takes the reply. */
export async function finishRequest(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<void> {
  const rest = `${"x".repeat(missing.get(client) ?? 0)}\r\n`;
  const sending = writeAll(client.conn, new TextEncoder().encode(rest));
  await t.answered(server, sending, `${client.name} sends the rest`, SERVES_ALL);
  await t.answered(server, client.reply(), `${client.name} waits for its ECHO`, SERVES_ALL);
}

/**
 * The thread that writes to each of several clients. Each asks for replies until the kernel's buffers
 * are full and a reply is stuck in the server; then it reads, and the server can write on.
 *
 * @returns the threads' numbers, in the order of the clients.
 * @throws Inconclusive when no thread stands out.
 */
export async function writersOf(
  t: Experiment,
  server: RunningServer,
  count: number,
): Promise<number[]> {
  const writers: number[] = [];
  for (let i = 1; i <= count; i++) {
    const client = await t.connect(server, `deaf client ${i}`, false);
    writers.push(await writerOf(t, server, client));
  }
  return writers;
}

/** The same for one client, which was connected without reading what comes. */
export function writerOf(t: Experiment, server: RunningServer, client: Client): Promise<number> {
  return insist(async () => {
    const owed = await fillBuffers(t, server, client);
    const what = `wrote what ${client.name} had room for`;
    return await whoRuns(t, server, what, () => takeAll(t, server, client, owed));
  });
}

/**
 * The thread that uses most CPU time for what the action causes; undefined when none stands out. The
 * server is to be quiet before, and is quiet after it.
 */
async function whoRuns(
  t: Experiment,
  server: RunningServer,
  what: string,
  action: () => Promise<void>,
): Promise<number | undefined> {
  const before = server.threads();
  await action();
  await t.quiet(server);
  const [most, second] = perThread(before, server.threads(), "cpuNs");
  if (most.used < SOME_NS || most.used < 2 * (second?.used ?? 0)) return undefined;
  const usedMs = (most.used / 1e6).toFixed(2);
  t.record(`thread ${most.thread.tid}`, `(${most.thread.name}) ${what}: ${usedMs} ms of CPU`);
  return most.thread.tid;
}

/** Asks until the same thread stood out so often: something else may run at the same time. */
async function insist(ask: () => Promise<number | undefined>, times = 1): Promise<number> {
  const seen = new Map<number, number>();
  for (let tries = 0; tries < TRIES; tries++) {
    const thread = await ask();
    if (thread === undefined) continue;
    seen.set(thread, (seen.get(thread) ?? 0) + 1);
    if (seen.get(thread) === times) return thread;
  }
  throw new Inconclusive("no thread stands out as the one that deals with a client");
}
