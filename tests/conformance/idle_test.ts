/** The idle time-out: it ends a connection on which nothing moves, and no other. */
import { assert } from "@std/assert";
import type { RunningServer } from "../grader/target.ts";
import { send } from "../parts/helpers.ts";
import { testEach } from "./tests.ts";
import { array, ask, bulk, connect, expectEnd, expectReply, joined } from "./wire.ts";

const IDLE_MS = 320;

/** Says something and then no more; is closed. */
async function silent(server: RunningServer, sent: string, reply: string): Promise<void> {
  using conn = await connect(server);
  await ask(conn, sent, reply);
  await expectEnd(conn, `the silence behind ${JSON.stringify(sent)}`);
}

/** Waits for a reply for longer than the time-out, and gets it. */
async function waiting(server: RunningServer): Promise<void> {
  using conn = await connect(server);
  await ask(conn, `SLEEP ${1.5 * IDLE_MS}\r\n`, "+OK\r\n");
  await ask(conn, "PING\r\n", "+PONG\r\n");
}

const CONTENT = new Uint8Array(512 * 1024).fill(120);
const REPLIES = joined(bulk(CONTENT), bulk(CONTENT));
/** 24 MB of replies, in bites of 1 MB: more than the kernel takes at once, so that the server waits. */
const BITES = 24;
/** Made beforehand: while this program copies 24 MB, the other clients could miss their time. */
const REQUESTS = joined(...Array(2 * BITES).fill(array("ECHO", CONTENT)));
/** Behind each bite: so long that all of them take longer than the time-out. */
const PAUSE_MS = 1.5 * IDLE_MS / BITES;

/** So often a machine may be too busy for this program to read as planned. */
const MOST_TRIES = 5;

/** Takes longer to read its replies than the time-out, and gets them whole. */
async function readingSlowly(server: RunningServer): Promise<void> {
  for (let tries = 1; !await readSlowly(server); tries++) {
    assert(tries < MOST_TRIES, `this program was held up ${tries} times, and read too slowly`);
  }
}

/**
 * @returns false when this program was so late that the server could take the connection for idle: in
 * all, since it can write again only after several bites.
 */
async function readSlowly(server: RunningServer): Promise<boolean> {
  using conn = await connect(server);
  const sending = send(conn, REQUESTS);
  sending.catch(() => {});
  const startMs = performance.now();
  for (let i = 1; i <= BITES; i++) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    try {
      await expectReply(conn, REPLIES, `bite ${i} of ${BITES}, read slowly`);
    } catch (error) {
      if (performance.now() - startMs > i * PAUSE_MS + IDLE_MS / 2) return false;
      throw error;
    }
  }
  await sending;
  return true;
}

testEach("idle connections are closed, those that wait or read slowly are not", async (...args) => {
  const [server, , { serial }] = args;
  const clients = [
    () => silent(server, "ECHO hel", ""),
    () => waiting(server),
    () => readingSlowly(server),
    () => silent(server, "", ""),
    () => silent(server, "PING\r\n", "+PONG\r\n"),
  ];
  if (!serial) await Promise.all(clients.map((client) => client()));
  else for (const client of clients.slice(0, 3)) await client();
}, { sizes: () => ({ idleTimeoutMs: IDLE_MS }) });
