/** The claims of lesson 3, I/O multiplexing on one thread: what the README's table states. */
import { defineClaims } from "./grader/experiment/claims.ts";
import { Inconclusive } from "./grader/experiment/experiment.ts";
import { restsWhenIdle } from "./grader/server/rests_when_idle.ts";
import { between } from "./grader/experiment/random.ts";
import { blockBusiness, letGo } from "./grader/probes/blocking.ts";
import { askAll } from "./grader/probes/asking.ts";
import { connectServed, connectServedTwice, served } from "./grader/probes/served_or_held.ts";
import { sleepTogether, waitsForComputing } from "./grader/probes/one_after_another.ts";
import { costText, RUNTIMES_OWN, threadGrowth } from "./grader/probes/thread_count.ts";
import { acceptQueue } from "./grader/server/sockets.ts";
import { keepsProtocol } from "./grader/probes/keeps_protocol.ts";
import { shortClient } from "./grader/clients/short_client.ts";
import { slowClients } from "./grader/clients/slow_clients.ts";
import { testClaims } from "./grader/experiment/test_claims.ts";

const ONE_WAIT = "Wait for all sockets at once, and serve whichever is ready.";
/** For so long nobody asks for anything, in ms. */
const LEAST_IDLE_MS = 2200, MOST_IDLE_MS = 3200;
/** A reply that takes so much of the time between two looks has waited for the look. */
const LOOKS_SHARE = 0.6;
/** Sleeps get longer until a busy machine cannot have stretched them to their sum. */
const LONGER_TIMES = 4, LONGEST_TIMES = 16;
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
    const count = between(t.random, 30, 80);
    await connectServed(t, server, count);
    const more = threadGrowth(server, before);
    t.expect(more <= RUNTIMES_OWN, costText(count, more), "One thread serves all connections.");
    return costText(count, more);
  },

  "3.P3": async (t) => {
    const server = await t.server();
    await connectServed(t, server, 20);
    // Its end can always be read: a loop that goes on watching it never rests again.
    await shortClient(t, server, "short client", []);
    // All night long, and not only at first.
    await t.goesBy(server, between(t.random, LEAST_IDLE_MS, MOST_IDLE_MS));
    const { rests, seen, everyMs } = await restsWhenIdle(
      server,
      (what) => t.record("server", what),
    );
    if (rests === undefined) {
      throw new Inconclusive(`the idle server ${seen}: between idle and busy`);
    }
    t.expect(
      rests,
      `with 20 idle clients, and one that has closed, the server ${seen}`,
      "The loop has to block until something is ready, and not to ask again and again; and a " +
        "connection that has ended is always ready, until it is closed.",
    );
    // One that sleeps, and then looks, is not woken by what is ready: replies wait for its next look.
    const { replyMs } = t.paceOf(server);
    t.expect(
      replyMs < LOOKS_SHARE * everyMs,
      `it wakes every ${everyMs.toFixed(0)} ms, and a reply takes ${replyMs.toFixed(0)} ms`,
      "The loop has to block until something is ready, and not to look now and then.",
    );
    return `with 20 idle clients the server ${seen}`;
  },

  "3.C1": async (t) => {
    const server = await t.server();
    const [a, ...others] = await connectServedTwice(t, server, 4);
    await blockBusiness(t, server, a);
    const { answered } = await askAll(t, server, others);
    t.expect(
      answered.length === 0,
      `${answered.length} of 3 requests were answered while one was under way`,
      INLINE,
    );
    await letGo(t, server);
    await waitsForComputing(t, server, a, others[0]);
    return "one request under way, that waits or computes, held up the others: business concurrency 1";
  },

  "3.C2": async (t) => {
    const server = await t.server();
    const clients = await connectServedTwice(t, server, 4);
    for (let times = 1;; times *= LONGER_TIMES) {
      const { sumMs, tookMs } = await sleepTogether(t, server, clients, times);
      const seen = `4 requests of ${sumMs} ms together took ${tookMs.toFixed(0)} ms: ` +
        `${(sumMs / tookMs).toFixed(1)} at once`;
      t.record("clients", seen);
      // One after the other takes the sum at least, on any machine. Timers may round down by 1 ms.
      t.expect(tookMs >= sumMs - clients.length, seen, INLINE);
      // What takes the sum, and hardly more, was not stretched by a busy machine to just that.
      if (tookMs < 1.4 * sumMs || times >= LONGEST_TIMES) return seen;
    }
  },

  "3.C3": async (t) => {
    const server = await t.server();
    const [a] = await connectServedTwice(t, server, 1);
    await blockBusiness(t, server, a);
    const late = await t.connectWaiting(server, between(t.random, 4, 12), "late client");
    const count = late.length;
    for (const client of late) t.holds.asked(client, client.name, client.ask("PING"));
    await t.quiet(server);
    const queued = acceptQueue(server.port);
    t.record("kernel", `has ${queued} connections in the accept queue`);
    t.holds.check(t.paceOf(server));
    t.expect(
      queued === count,
      `${count} clients connected while a request was under way, and ${queued} are in the accept queue`,
      "The loop accepts when it is back at its wait, so meanwhile the kernel keeps the connections.",
    );
    t.holds.settle();
    await letGo(t, server);
    return `${count} connects succeeded during one request, and waited in the accept queue until its end`;
  },

  "3.R1": keepsProtocol,
});

testClaims(import.meta, lesson3);
