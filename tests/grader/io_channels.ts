/**
 * Which threads read and write the sockets. Nothing else is going on in the server while one client
 * does one thing, so the thread that then uses CPU time is the one that deals with that client.
 */
import { type Client, writeAll } from "./client.ts";
import { type Experiment, Inconclusive } from "./experiment.ts";
import { perThread } from "./measure.ts";
import { deafClient } from "./slow_clients.ts";
import type { RunningServer } from "./target.ts";

const encoder = new TextEncoder();
/** Part of a request: enough bytes for the reading of them to show, and no business to do. */
const REQUEST_HEAD = encoder.encode("*2\r\n$4\r\nECHO\r\n$500000\r\n");
const PART = new Uint8Array(100_000).fill(120);
/** How much of its replies a client that had stopped reading takes at a time. */
const BITE_BYTES = 256 * 1024;
/** CPU time below which a thread did not deal with so many bytes. */
const SOME_NS = 30_000;
const TRIES = 4;

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
  for (const client of clients) {
    await writeAll(client.conn, REQUEST_HEAD);
    readers.push(
      await whoRuns(t, server, `read what ${client.name} sent`, async () => {
        await writeAll(client.conn, PART);
      }),
    );
  }
  return readers;
}

/**
 * The thread that writes to each of several clients: each in turn, with more replies waiting for it
 * than the kernel holds, takes some, and the server can write on.
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
  const bite = new Uint8Array(BITE_BYTES);
  for (let i = 1; i <= count; i++) {
    const client = await deafClient(t, server, `deaf client ${i}`, {
      requests: 24,
      bytes: 500_000,
    });
    writers.push(
      await whoRuns(t, server, `wrote what ${client.name} had room for`, async () => {
        for (let taken = 0; taken < BITE_BYTES;) taken += await client.conn.read(bite) ?? Infinity;
      }),
    );
  }
  return writers;
}

/** The thread that uses most CPU time for what the action causes, and clearly more than others. */
async function whoRuns(
  t: Experiment,
  server: RunningServer,
  what: string,
  action: () => Promise<void>,
): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    await t.quiet(server);
    const before = server.threads();
    await action();
    await t.quiet(server);
    const [most, second] = perThread(before, server.threads(), "cpuNs");
    if (most.used < SOME_NS || most.used < 2 * second.used) continue;
    const usedMs = (most.used / 1e6).toFixed(2);
    t.record(`thread ${most.thread.tid}`, `(${most.thread.name}) ${what}: ${usedMs} ms of CPU`);
    return most.thread.tid;
  }
  throw new Inconclusive(`no thread stands out as the one that ${what}`);
}
