/** The claims of lesson 2, a thread for each connection: what the README's table states. */
import { defineClaims } from "./grader/experiment/claims.ts";
import { shown } from "./grader/clients/client.ts";
import { between, shuffled } from "./grader/experiment/random.ts";
import { answeredBeside } from "./grader/probes/requests_at_once.ts";
import { type Counted, wakesForPings } from "./grader/probes/wakes.ts";
import { connectServed, served } from "./grader/probes/served_or_held.ts";
import { costText, counted, newThreads, RUNTIMES_OWN } from "./grader/probes/thread_count.ts";
import { fibThatShows, wakesToo, whoWorked } from "./grader/probes/who_works.ts";
import { keepsProtocol } from "./grader/probes/keeps_protocol.ts";
import { shortClient } from "./grader/clients/short_client.ts";
import { slowClients } from "./grader/clients/slow_clients.ts";
import { endsLater } from "./grader/probes/ends_later.ts";
import { testClaims } from "./grader/experiment/test_claims.ts";

const OWN_THREAD = "Start a thread for each accepted connection, and go back to accept at once." +
  "{| A goroutine or a virtual thread is none of the system's: many share a few.}";
const BLOCKS_ITSELF =
  "Each client's business blocks a thread of its own, so any number can block at once.";
/** Idle clients, and how many of them leave. */
const IDLE = 12, LEAVE = 5;
/** How long those that stay are idle. */
const LEAST_IDLE_MS = 2200, MOST_IDLE_MS = 4000;
const UNCOUNTED =
  "A thread that has ended makes room for one client more: whoever waits for its end " +
  "has to count the connection as closed.";

/** The claims of lesson 2. */
export const lesson2 = defineClaims(2, {
  "2.P1": async (t) => {
    const server = await t.server();
    const sleeping = between(t.random, 11, 20);
    await answeredBeside(t, server, { sleeping, computing: 1, others: 4 }, "with", BLOCKS_ITSELF);
    return `${
      sleeping + 1
    } requests under way at once, one of which computed, and 4 more were answered`;
  },

  "2.P2": async (t) => {
    const server = await t.server();
    const clients = await connectServed(t, server, 3);
    const wakes: Counted[] = [];
    for (const client of clients) wakes.push(await wakesForPings(t, server, client));
    const n = await fibThatShows(t, server, clients[0]);
    const first: number[] = [];
    for (const client of clients) first.push(await whoWorked(t, server, client, n));
    for (const [i, client] of clients.entries()) {
      const tid = await whoWorked(t, server, client, n);
      t.expect(
        tid === first[i],
        `${client.name}'s first request was done by thread ${first[i]}, its second by ${tid}`,
        "A connection stays with the thread that was started for it.",
      );
    }
    const threads = new Set(first).size;
    t.expect(
      threads === 3,
      `3 clients' business was done by ${counted(threads, "thread")}`,
      "The thread that reads a client's request also does its business.",
    );
    for (const [i, client] of clients.entries()) {
      await wakesToo(t, server, client, first[i], wakes[i]);
    }
    return "3 clients' business used the CPU time of 3 threads, each client's always the same one";
  },

  "2.P3": async (t) => {
    const server = await t.server();
    await slowClients(t, server);
    const other = await t.connect(server, "other client");
    await served(t, server, other, "a client beside three slow ones", OWN_THREAD);
    return "a silent client, one with half a request and one that does not read held up nobody";
  },

  "2.C1": async (t) => {
    const server = await t.server();
    await t.quiet(server);
    const before = server.threads();
    const count = between(t.random, 26, 40);
    await connectServed(t, server, count);
    // Not the growth: while so many threads start, a runtime may end some of its own.
    const more = newThreads(server, before).length;
    // A runtime may have had a thread or two for it already.
    t.expect(more >= count - RUNTIMES_OWN, costText(count, more), OWN_THREAD);
    t.expect(more <= 1.5 * count, costText(count, more), "One thread for one client is enough.");
    return costText(count, more);
  },

  "2.C2": async (t) => {
    const server = await t.server({ maxConnections: IDLE + 1 });
    // The first thread may cost the runtime something that the others do not.
    await shortClient(t, server, "first client", []);
    await t.quiet(server);
    const before = server.threads();
    const clients = await connectServed(t, server, IDLE);
    const own = newThreads(server, before);
    t.expect(
      own.length >= IDLE - RUNTIMES_OWN,
      `${IDLE} idle clients keep ${counted(own.length, "thread")}`,
      OWN_THREAD,
    );
    const leave = shuffled(t.random, clients).slice(0, LEAVE);
    for (const client of leave) client.close();
    const ended = () =>
      own.filter(({ tid }) => !server.threads().some((one) => one.tid === tid)).length;
    const enough = () => ended() >= LEAVE - RUNTIMES_OWN;
    // A runtime may keep a thread for some seconds that has ended.
    const freed = await t.until(server, enough) || await t.until(server, enough);
    const seen = `${LEAVE} of ${IDLE} clients closed, and ${counted(ended(), "thread")} ended`;
    t.expect(freed, seen, "A thread ends with its connection.");
    // Whoever takes threads away from idle clients, to save them, does so after a while.
    const idleMs = between(t.random, LEAST_IDLE_MS, MOST_IDLE_MS);
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    t.expect(
      ended() <= LEAVE + RUNTIMES_OWN,
      `${LEAVE} of ${IDLE} clients closed, and after ${idleMs} ms ${
        counted(ended(), "thread")
      } had ended`,
      "A thread lasts as long as its connection is open, though nothing is said on it.",
    );
    for (const client of await t.connectMany(server, LEAVE + 1, "later client")) {
      const what = `${client.name}, with ${IDLE + 1} allowed and no more connected`;
      const reply = await t.answered(server, client.ask("PING"), what, UNCOUNTED);
      t.expect(reply === "+PONG", `${what}: it got ${shown(reply)}`, UNCOUNTED);
    }
    return "idle clients kept their threads; the threads of those that closed ended";
  },

  "2.C3": async (t) => {
    const server = await t.server();
    await t.quiet(server);
    const atFirst = server.threads();
    // The first thread may cost the runtime something that the others do not.
    await shortClient(t, server, "first client", []);
    const before = server.threads();
    const own = new Set<number>();
    for (let i = 1; i <= 5; i++) {
      const started = await shortClient(t, server, `short client ${i}`, before);
      for (const { tid } of started) own.add(tid);
    }
    if (own.size < 5 - RUNTIMES_OWN) return await endsLater(t, server, atFirst, own.size);
    return `5 short connections, one after the other, had ${own.size} threads of their own`;
  },

  "2.R1": keepsProtocol,
});

testClaims(import.meta, lesson2);
