/**
 * Which threads read and write the sockets. Nothing else is going on in the server while one client
 * does one thing, so the thread that then uses CPU time is the one that deals with that client.
 */
import { type Client, writeAll } from "./client.ts";
import { ClaimFailed, type Experiment, Inconclusive } from "./experiment.ts";
import { perThread } from "./measure.ts";
import { socketsAt } from "./proc.ts";
import type { RunningServer } from "./target.ts";

const encoder = new TextEncoder();
const REPLY_BYTES = 500_000;
const HEAD = `*2\r\n$4\r\nECHO\r\n$${REPLY_BYTES}\r\n`;
const REQUEST_HEAD = encoder.encode(HEAD);
const requests = (count: number) =>
  encoder.encode(`${HEAD}${"x".repeat(REPLY_BYTES)}\r\n`.repeat(count));
/** Part of a request: enough bytes for the reading of them to show, and no business to do. */
const PART = new Uint8Array(100_000).fill(120);
const BITE_BYTES = 256 * 1024;
/** 32 MB: Linux keeps 4 MB at the sender and 6 to 32 MB at the receiver, when it is generous. */
const MOST_REPLIES = 64, SURE_REPLIES = 5;
/** CPU time below which a thread did not deal with so many bytes. */
const SOME_NS = 15_000;
const TRIES = 4;
const WHOLE = "A write may take fewer bytes than it was given: write the rest when there is room.";
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
  for (const client of clients) {
    await writeAll(client.conn, REQUEST_HEAD);
    const send = () => writeAll(client.conn, PART);
    readers.push(await insist(() => whoRuns(t, server, `read what ${client.name} sent`, send)));
  }
  return readers;
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
    writers.push(
      await insist(async () => {
        const owed = await fillBuffers(t, server, client);
        return await whoRuns(t, server, `wrote what ${client.name} had room for`, async () => {
          await takeAll(t, server, client, owed);
        });
      }),
    );
  }
  return writers;
}

/** Asks for one reply after the other until one is stuck. Returns the bytes of all replies. */
async function fillBuffers(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<number> {
  const replyBytes = `$${REPLY_BYTES}\r\n`.length + REPLY_BYTES + 2;
  for (let asked = 0; asked < MOST_REPLIES;) {
    // The kernel takes the first ones for certain; the reply that is stuck is to be the last one.
    const more = asked === 0 ? SURE_REPLIES : 1;
    asked += more;
    const sending = writeAll(client.conn, requests(more));
    await t.answered(server, sending, `${client.name} sends`, SERVES_ALL);
    const written = () => bytesUnderWay(server, client);
    if (await t.until(server, () => written() >= asked * replyBytes)) continue;
    t.record(
      client.name,
      `asked for ${asked} replies of ${REPLY_BYTES} bytes, and the last is stuck`,
    );
    return asked * replyBytes;
  }
  throw new Inconclusive(`the kernel took ${MOST_REPLIES} replies of ${REPLY_BYTES} bytes`);
}

/**
 * Reads so many bytes of what a deaf client is owed. However long that takes this process: it is over
 * only when the server is quiet and no byte has come meanwhile.
 */
export async function takeAll(
  t: Experiment,
  server: RunningServer,
  client: Client,
  owed: number,
): Promise<void> {
  const buffer = new Uint8Array(BITE_BYTES);
  let taken = 0, ended = false;
  const reading = (async () => {
    while (taken < owed && !ended) {
      const count = await client.conn.read(buffer);
      if (count === null) ended = true;
      else taken += count;
    }
  })().catch(() => ended = true);
  t.record(client.name, `reads the ${owed} bytes that it is owed`);
  for (let before = -1; taken < owed && !ended && taken > before;) {
    before = taken;
    await t.until(server, () => taken >= owed || ended);
  }
  const seen = `${client.name} asked for ${owed} bytes and got ${taken}`;
  if (taken < owed) throw new ClaimFailed(ended ? `${seen}, then the close` : seen, WHOLE);
  await reading;
}

/** Bytes that the server has written and the client has not read. */
function bytesUnderWay(server: RunningServer, client: Client): number {
  const sockets = socketsAt(server.port, client.port);
  const between = (port: number, remotePort: number) =>
    sockets.find((one) => one.localPort === port && one.remotePort === remotePort);
  const sent = between(server.port, client.port)?.sendQueue ?? 0;
  return sent + (between(client.port, server.port)?.receiveQueue ?? 0);
}

/** The thread that uses most CPU time for what the action causes; undefined when none stands out. */
async function whoRuns(
  t: Experiment,
  server: RunningServer,
  what: string,
  action: () => Promise<void>,
): Promise<number | undefined> {
  await t.quiet(server);
  const before = server.threads();
  await t.answered(server, action(), `a server that ${what}`, SERVES_ALL);
  await t.quiet(server);
  const [most, second] = perThread(before, server.threads(), "cpuNs");
  if (most.used < SOME_NS || most.used < 2 * (second?.used ?? 0)) return undefined;
  const usedMs = (most.used / 1e6).toFixed(2);
  t.record(`thread ${most.thread.tid}`, `(${most.thread.name}) ${what}: ${usedMs} ms of CPU`);
  return most.thread.tid;
}

/** Asks again when no thread stood out: something else ran at the same time. */
async function insist(ask: () => Promise<number | undefined>): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const thread = await ask();
    if (thread !== undefined) return thread;
  }
  throw new Inconclusive("no thread stands out as the one that deals with a client");
}
