/** The idle time-out: it ends a connection on which nothing moves, and no other. */
import { assert } from "@std/assert";
import { encodeRequest } from "../../lessons/tools/resp_request.ts";
import type { RunningServer } from "../grader/server/running_server.ts";
import { send } from "../of_parts/helpers.ts";
import { testEach } from "./tests.ts";
import { ask, bulk, connect, expectEnd, expectReply, joined } from "./wire.ts";

/** Long beside what a thread waits for a core, on a machine that is overloaded. */
const IDLE_MS = 1000;

/** So often a machine may be too busy for this program to speak and read as planned. */
const MOST_TRIES = 5;
/** Between two looks whether this program runs. */
const LOOK_MS = 10;

/** Again, when a client fails and this program was so late that the server could take it for idle. */
async function unlessLate(client: () => Promise<void>): Promise<void> {
  for (let tries = 1;; tries++) {
    let latestMs = 0, lookMs = performance.now();
    const looking = setInterval(() => {
      latestMs = Math.max(latestMs, performance.now() - lookMs);
      lookMs = performance.now();
    }, LOOK_MS);
    try {
      return await client();
    } catch (error) {
      latestMs = Math.max(latestMs, performance.now() - lookMs);
      if (latestMs < IDLE_MS / 4 || tries === MOST_TRIES) throw error;
    } finally {
      clearInterval(looking);
    }
  }
}

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
const REQUESTS = joined(...Array(2 * BITES).fill(encodeRequest("ECHO", CONTENT)));
/** Behind each bite: so long that all of them take longer than the time-out. */
const PAUSE_MS = 1.5 * IDLE_MS / BITES;

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
  if (!serial) await Promise.all(clients.map(unlessLate));
  else for (const client of clients.slice(0, 3)) await unlessLate(client);
}, { sizes: () => ({ idleTimeoutMs: IDLE_MS }) });
