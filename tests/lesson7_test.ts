/** The claims of lesson 7, a thread for each event: what the README's table states. */
import { burstOfThreads, pingMs, workedBriefly } from "./grader/brief_threads.ts";
import { defineClaims, referenceTarget } from "./grader/claims.ts";
import { fixedThreads } from "./grader/fixed_threads.ts";
import { businessConcurrency, connectServed } from "./grader/measure.ts";
import { costText, counted, RUNTIMES_OWN, threadGrowth } from "./grader/thread_use.ts";
import { keepsProtocol } from "./grader/robust.ts";

const ONE_EACH = "Start a thread for each ready connection; whoever watches it waits for nobody.";
const NOT_BEFORE = "A connection without a whole request is watched, and has no thread of its own.";
const NOT_KEPT = "The thread ends with its event: the next one gets a new thread.";
const BURST = 50;

/** The claims of lesson 7. */
export const lesson7 = defineClaims(7, {
  "7.P1": async (t) => {
    const server = await t.server({ threads: 2 });
    const atOnce = await businessConcurrency(t, server, 8);
    t.expect(
      atOnce === Infinity,
      `with ${counted(atOnce, "request")} under way, the next one was held up`,
      ONE_EACH,
    );
    return "with two threads that watch, 8 requests under way at once, and a ninth was answered";
  },

  "7.P2": async (t) => {
    const server = await t.server({ threads: 2 });
    // The first thread may cost the runtime something that the others do not.
    await connectServed(t, server, 1);
    const before = server.threads();
    const clients = await connectServed(t, server, 20);
    for (const client of clients.slice(0, 10)) {
      await client.sendRaw("ECHO hel");
      await t.quiet(server);
    }
    const growth = threadGrowth(server, before);
    const cost = `${costText(20, growth)}, half of them in the middle of a request`;
    t.expect(growth <= RUNTIMES_OWN, cost, NOT_BEFORE);
    return cost;
  },

  "7.P3": (t) => fixedThreads(t, "threads", "watching threads"),

  "7.C1": async (t) => {
    const server = await t.server({ threads: 2 });
    const [client] = await connectServed(t, server, 1);
    for (let i = 1; i <= 3; i++) {
      const before = server.threads();
      const tid = await workedBriefly(t, server, client);
      const old = before.some((thread) => thread.tid === tid);
      t.expect(
        !old,
        `request ${i} was done by thread ${tid}, which had been there before`,
        NOT_KEPT,
      );
      await t.quiet(server);
      const stays = server.threads().some((thread) => thread.tid === tid);
      t.expect(!stays, `request ${i} is answered, and its thread goes on`, NOT_KEPT);
    }
    const [own, other] = [
      await pingMs(t, server),
      await pingMs(t, await t.server({ threads: 2 }, referenceTarget(5))),
    ];
    return `3 requests had 3 threads; a PING takes ${own} ms, and ${other} ms in model 5`;
  },

  "7.C2": async (t) => {
    const server = await t.server({ threads: 2 });
    await connectServed(t, server, 1);
    const more = await burstOfThreads(t, server, BURST);
    const seen = `a burst of ${BURST} requests cost ${counted(more, "thread")}`;
    t.expect(more >= BURST - RUNTIMES_OWN, seen, ONE_EACH);
    t.expect(more <= BURST + 10, seen, "One thread for one request is enough.");
    return seen;
  },

  "7.R1": keepsProtocol,
});
