/** The claims of lesson 7, a thread for each event: what the README's table states. */
import { between } from "./grader/experiment/random.ts";
import { answeredBeside } from "./grader/probes/requests_at_once.ts";
import { quickBurst, startedForPings } from "./grader/probes/threads_started.ts";
import { connectServed, pingMs } from "./grader/probes/served_or_held.ts";
import {
  burstOfThreads,
  costText,
  counted,
  RUNTIMES_OWN,
  threadGrowth,
} from "./grader/probes/thread_count.ts";
import { whoWorkedBriefly } from "./grader/probes/who_works.ts";
import { defineClaims } from "./grader/experiment/claims.ts";
import { referenceTarget } from "./grader/server/reference_target.ts";
import { fixedThreads } from "./grader/probes/fixed_threads.ts";
import { keepsProtocol } from "./grader/probes/keeps_protocol.ts";
import { testClaims } from "./grader/experiment/test_claims.ts";

const ONE_EACH = "Start a thread for each ready connection; whoever watches it waits for nobody.";
const NOT_BEFORE = "A connection without a whole request is watched, and has no thread of its own.";
const NOT_KEPT = "The thread ends with its event: the next one gets a new thread.";
const BURST = 50, QUICK = 30;
/** Beginnings of requests: of a line, of an array, of a bulk string. */
const HALVES = ["ECHO hel", "*2\r\n$4\r\nECHO\r\n", "*2\r\n$4\r\nECHO\r\n$900\r\nhel", "PIN"];

/** The claims of lesson 7. */
export const lesson7 = defineClaims(7, {
  "7.P1": async (t) => {
    const server = await t.server({ threads: 2 });
    const sleeping = between(t.random, 7, 16);
    await answeredBeside(t, server, { sleeping, computing: 1, others: 5 }, "with", ONE_EACH);
    return `with two threads that watch, ${sleeping + 1} requests under way at once, ` +
      "one of which computed, and 5 more were answered";
  },

  "7.P2": async (t) => {
    const server = await t.server({ threads: 2 });
    // The first thread may cost the runtime something that the others do not.
    await connectServed(t, server, 1);
    const before = server.threads();
    const clients = await connectServed(t, server, 20);
    for (const [i, client] of clients.slice(0, 10).entries()) {
      await client.sendRaw(HALVES[i % HALVES.length]);
      await t.quiet(server);
    }
    // A runtime keeps a thread that has ended for some seconds.
    await t.until(server, () => threadGrowth(server, before) <= RUNTIMES_OWN);
    const growth = threadGrowth(server, before);
    const cost = `${costText(20, growth)}, half of them in the middle of a request`;
    t.expect(growth <= RUNTIMES_OWN, cost, NOT_BEFORE);
    return cost;
  },

  // Silent clients: requests have threads of their own, and 7.P2 sends some.
  "7.P3": (t) =>
    fixedThreads(t, "threads", "watching threads", (_, server, count) => {
      return t.connectMany(server, count);
    }),

  "7.C1": async (t) => {
    const server = await t.server({ threads: 2 });
    const [client] = await connectServed(t, server, 1);
    for (let i = 1; i <= 3; i++) {
      const before = server.threads();
      const tid = await whoWorkedBriefly(t, server, client);
      const old = before.some((thread) => thread.tid === tid);
      t.expect(
        !old,
        `request ${i} was done by thread ${tid}, which had been there before`,
        NOT_KEPT,
      );
      await t.quiet(server);
      const gone = () => !server.threads().some((thread) => thread.tid === tid);
      const ended = await t.until(server, gone);
      t.expect(ended, `request ${i} is answered, and its thread goes on`, NOT_KEPT);
    }
    await startedForPings(t, server, client);
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
    const quick = await quickBurst(t, await t.server({ threads: 2 }), QUICK);
    t.expect(
      quick >= QUICK,
      `${QUICK} quick requests that came together started ${counted(quick, "thread")}`,
      NOT_KEPT,
    );
    return `${seen}, and one of ${QUICK} quick ones as many at least`;
  },

  "7.R1": keepsProtocol,
});

testClaims(import.meta, lesson7);
