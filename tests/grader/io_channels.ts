/**
 * Which threads read and write the sockets. Nothing else is going on in the server while one client
 * does one thing, so the thread that then uses CPU time is the one that deals with that client.
 */
import { type Client, writeAll } from "./client.ts";
import { type Experiment, Inconclusive } from "./experiment.ts";
import { fillBuffers, takeAll } from "./late_reader.ts";
import { leastOf, perThread, standsOut, type ThreadUse } from "./thread_use.ts";
import type { RunningServer } from "./target.ts";

/** Part of a request: enough bytes for the reading of them to show, and no business to do. */
const ECHO_BYTES = 500_000;
const REQUEST_HEAD = new TextEncoder().encode(`*2\r\n$4\r\nECHO\r\n$${ECHO_BYTES}\r\n`);
const PART = new Uint8Array(100_000).fill(120);
/** CPU time below which a thread did not deal with so many bytes. */
const SOME_NS = 15_000;
const TRIES = 5;
/** To read a part takes little CPU time: once, a collector may use more. A deaf client's replies take far more. */
const READS_AT_LEAST = 2;
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
    readers.push(await whoEachTime(t, what, () => usedFor(t, server, send), READS_AT_LEAST));
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
  return whoEachTime(t, `wrote what ${client.name} had room for`, async () => {
    const owed = await fillBuffers(t, server, client);
    return await usedFor(t, server, () => takeAll(t, server, client, owed));
  });
}

/** What the action causes in a server that is quiet before; it is quiet again afterwards. */
async function usedFor(
  t: Experiment,
  server: RunningServer,
  action: () => Promise<void>,
): Promise<ThreadUse[]> {
  const before = server.threads();
  await action();
  await t.quiet(server);
  return perThread(before, server.threads(), "cpuNs");
}

/**
 * The thread that stands out when each is given the least that it ever used: who deals with the client
 * does so each time, while a collector or a compiler, which may use more, has something to do only now
 * and then.
 *
 * @param ask has the same done once more.
 * @param atLeast how often it is asked in any case.
 */
async function whoEachTime(
  t: Experiment,
  what: string,
  ask: () => Promise<ThreadUse[]>,
  atLeast = 1,
): Promise<number> {
  let least: ThreadUse[] | undefined;
  for (let tries = 1; tries <= TRIES; tries++) {
    const uses = await ask();
    least = least === undefined ? uses : leastOf(least, uses);
    const one = tries < atLeast ? undefined : standsOut(least, SOME_NS);
    if (one === undefined) continue;
    const usedMs = (one.used / 1e6).toFixed(2);
    t.record(`thread ${one.thread.tid}`, `(${one.thread.name}) ${what}: ${usedMs} ms of CPU`);
    return one.thread.tid;
  }
  throw new Inconclusive("no thread stands out as the one that deals with a client");
}
