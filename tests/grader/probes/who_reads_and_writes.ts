/** Which threads read from a server's clients, and which write to them. */
import { type Client, writeAll } from "../clients/client.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { fillBuffers, takeAll } from "../clients/late_reader.ts";
import { bytesUnderWay } from "../clients/late_reader.ts";
import { connectionEnds } from "../server/sockets.ts";
import { countersOf, growthOf } from "../server/thread_counters.ts";
import { byBytes } from "./wakes.ts";
import { usedFor } from "./who_did_it.ts";
import { whoEachTime, whoTwice } from "./who_each_time.ts";
import type { RunningServer } from "../server/running_server.ts";

/** Part of a request: enough bytes for the reading of them to show, and no business to do. */
const ECHO_BYTES = 500_000;
const REQUEST_HEAD = new TextEncoder().encode(`*2\r\n$4\r\nECHO\r\n$${ECHO_BYTES}\r\n`);
const PART = new Uint8Array(100_000).fill(120);
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
    const ask = async () => {
      const { uses, before, after } = await usedUntilQuiet(t, server, send);
      return { uses, sure: byBytes(growthOf(before, after, "readBytes"), PART.length) };
    };
    readers.push(await whoEachTime(t, what, ask));
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
  return whoTwice(t, `wrote what ${client.name} had room for`, async () => {
    const owed = await fillBuffers(t, server, client);
    const stuck = owed - bytesUnderWay(connectionEnds(server.port, client.port));
    const take = () => takeAll(t, server, client, owed);
    const { uses, before, after } = await usedUntilQuiet(t, server, take);
    return { uses, sure: byBytes(growthOf(before, after, "writtenBytes"), stuck) };
  });
}

/** What the action causes in a server that is quiet before; it is quiet again afterwards. */
async function usedUntilQuiet(
  t: Experiment,
  server: RunningServer,
  action: () => Promise<void>,
) {
  const before = countersOf(server.processes());
  const uses = await usedFor(server, async () => {
    await action();
    await t.quiet(server);
  });
  return { uses, before, after: countersOf(server.processes()) };
}
