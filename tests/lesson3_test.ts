/** The claims of lesson 3, I/O multiplexing on one thread: what the README's table states. */
import { defineClaims } from "./grader/claims.ts";
import type { Client } from "./grader/client.ts";
import { type Experiment, Inconclusive } from "./grader/experiment.ts";
import { restsWhenIdle } from "./grader/idle.ts";
import {
  blockBusiness,
  connectServed,
  connectServedTwice,
  probe,
  served,
} from "./grader/measure.ts";
import { costText, RUNTIMES_OWN, threadGrowth } from "./grader/thread_use.ts";
import { acceptQueue } from "./grader/proc.ts";
import { keepsProtocol } from "./grader/robust.ts";
import { shortClient } from "./grader/short_client.ts";
import { slowClients } from "./grader/slow_clients.ts";
import type { RunningServer } from "./grader/target.ts";

const ONE_WAIT = "Wait for all sockets at once, and serve whichever is ready.";
const INLINE = "The business of a request runs on the event loop's thread, and blocks it.";

/** The claims of lesson 3. */
export const lesson3 = defineClaims(3, {
  "3.P1": async (t) => {
    const server = await t.server();
    await t.connectMany(server, 16, "idle client");
    await slowClients(t, server);
    const [a, b] = await t.connectMany(server, 2, "other client");
    for (const client of [b, a, b]) {
      await served(t, server, client, `${client.name} beside 19 others`, ONE_WAIT);
    }
    return "16 idle clients and 3 slow ones held up nobody";
  },

  "3.P2": async (t) => {
    const server = await t.server();
    await t.quiet(server);
    const before = server.threads();
    await connectServed(t, server, 20);
    const more = threadGrowth(server, before);
    t.expect(more <= RUNTIMES_OWN, costText(20, more), "One thread serves all connections.");
    return costText(20, more);
  },

  "3.P3": async (t) => {
    const server = await t.server();
    await connectServed(t, server, 20);
    // Its end can always be read: a loop that goes on watching it never rests again.
    await shortClient(t, server, "short client", []);
    const { rests, seen } = await restsWhenIdle(t, server);
    t.expect(
      rests,
      `with 20 idle clients, and one that has closed, the server ${seen}`,
      "The loop has to block until something is ready, and not to ask again and again; and a " +
        "connection that has ended is always ready, until it is closed.",
    );
    return `with 20 idle clients the server ${seen}`;
  },

  "3.C1": async (t) => {
    const server = await t.server();
    const [a, b] = await connectServedTwice(t, server, 2);
    await blockBusiness(t, server, a);
    const fate = await probe(t, server, b);
    t.expect(fate === "held", "a second request was answered while one was under way", INLINE);
    return "one request under way held up the next: business concurrency 1";
  },

  "3.C2": async (t) => {
    const server = await t.server();
    const clients = await connectServedTwice(t, server, 4);
    for (const sleepMs of [100, 400]) {
      const { tookMs, gapsMs } = await sleepTogether(t, server, clients, sleepMs);
      const seen = `4 requests of ${sleepMs} ms took ${tookMs.toFixed(0)} ms: ` +
        `${(4 * sleepMs / tookMs).toFixed(1)} at once`;
      t.record("clients", seen);
      // One after the other takes the sum at least, on any machine. Timers may round down by 1 ms.
      t.expect(tookMs >= 4 * (sleepMs - 1), seen, INLINE);
      // A slow machine stretches the whole; that it puts such a gap before each reply is unlikely.
      if (gapsMs.every((gapMs) => gapMs > sleepMs / 2)) return seen;
    }
    throw new Inconclusive("the replies came late, but not one after the other");
  },

  "3.C3": async (t) => {
    const server = await t.server();
    const [a] = await connectServedTwice(t, server, 1);
    await blockBusiness(t, server, a);
    const late = await t.connectMany(server, 5, "late client");
    await t.quiet(server);
    const queued = acceptQueue(server.port);
    t.record("kernel", `has ${queued} connections in the accept queue`);
    t.expect(
      queued === late.length,
      `5 clients connected while a request was under way, and ${queued} are in the accept queue`,
      "The loop accepts when it is back at its wait, so meanwhile the kernel keeps the connections.",
    );
    return "5 connects succeeded during one request, and 5 connections wait in the accept queue";
  },

  "3.R1": keepsProtocol,
});

/** Lets all clients sleep at the same time. Returns how long it took, and the gaps between replies. */
async function sleepTogether(
  t: Experiment,
  server: RunningServer,
  clients: readonly Client[],
  sleepMs: number,
): Promise<{ tookMs: number; gapsMs: number[] }> {
  const startMs = performance.now();
  const cameMs: number[] = [];
  for (const client of clients) await client.send("SLEEP", `${sleepMs}`);
  await Promise.all(clients.map(async (client) => {
    await t.comes(server, client.reply(), `${client.name}'s turn`);
    cameMs.push(performance.now() - startMs);
  }));
  const gapsMs = cameMs.slice(1).map((atMs, i) => atMs - cameMs[i]);
  return { tookMs: cameMs[cameMs.length - 1], gapsMs };
}
