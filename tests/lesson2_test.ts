/** The claims of lesson 2, a thread for each connection: what the README's table states. */
import { defineClaims } from "./grader/claims.ts";
import { shown } from "./grader/client.ts";
import { businessConcurrency, connectServed, served } from "./grader/measure.ts";
import { costText, counted, newThreads, threadGrowth } from "./grader/thread_use.ts";
import { keepsProtocol } from "./grader/robust.ts";
import { shortClient } from "./grader/short_client.ts";
import { slowClients } from "./grader/slow_clients.ts";
import { fibThatShows, whoWorked } from "./grader/who_works.ts";

const OWN_THREAD = "Start a thread for each accepted connection, and go back to accept at once.";
const UNCOUNTED =
  "A thread that has ended makes room for one client more: whoever waits for its end " +
  "has to count the connection as closed.";

/** The claims of lesson 2. */
export const lesson2 = defineClaims(2, {
  "2.P1": async (t) => {
    const server = await t.server();
    const atOnce = await businessConcurrency(t, server, 8);
    t.expect(
      atOnce === Infinity,
      `with ${counted(atOnce, "request")} under way, the next one was held up`,
      "Each client's business blocks a thread of its own, so any number can block at once.",
    );
    return "8 requests under way at once, and a ninth was answered";
  },

  "2.P2": async (t) => {
    const server = await t.server();
    const clients = await connectServed(t, server, 3);
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
    await connectServed(t, server, 20);
    const more = threadGrowth(server, before);
    t.expect(more >= 20, costText(20, more), OWN_THREAD);
    t.expect(more <= 30, costText(20, more), "One thread for one client is enough.");
    return costText(20, more);
  },

  "2.C2": async (t) => {
    const server = await t.server({ maxConnections: 7 });
    // The first thread may cost the runtime something that the others do not.
    await shortClient(t, server, "first client", []);
    await t.quiet(server);
    const before = server.threads();
    const clients = await connectServed(t, server, 6);
    const own = newThreads(server, before);
    t.expect(own.length >= 6, `6 idle clients keep ${counted(own.length, "thread")}`, OWN_THREAD);
    clients[0].close();
    const ended = () => own.filter(({ tid }) => !server.threads().some((one) => one.tid === tid));
    const freed = await t.until(server, () => ended().length > 0);
    t.expect(
      freed,
      "a client closed, and its thread went on",
      "A thread ends with its connection.",
    );
    await t.quiet(server);
    const left = own.length - ended().length;
    t.expect(
      left >= 5,
      `1 of 6 clients closed, and ${counted(ended().length, "thread")} ended`,
      "A thread lasts as long as its connection is open, though nothing is said on it.",
    );
    for (const client of await t.connectMany(server, 2, "later client")) {
      const what = `${client.name}, with 7 allowed and no more connected`;
      const reply = await t.answered(server, client.ask("PING"), what, UNCOUNTED);
      t.expect(reply === "+PONG", `${what}: it got ${shown(reply)}`, UNCOUNTED);
    }
    return "idle clients kept their threads; the thread of the one that closed ended";
  },

  "2.C3": async (t) => {
    const server = await t.server();
    // The first thread may cost the runtime something that the others do not.
    await shortClient(t, server, "first client", []);
    const before = server.threads();
    const own = new Set<number>();
    for (let i = 1; i <= 5; i++) {
      const started = await shortClient(t, server, `short client ${i}`, before);
      for (const { tid } of started) own.add(tid);
    }
    t.expect(
      own.size >= 5,
      `5 short connections had ${counted(own.size, "thread")} of their own`,
      "A thread ends with its connection, and the next connection gets a new one.",
    );
    return `5 short connections, one after the other, had ${own.size} threads of their own`;
  },

  "2.R1": keepsProtocol,
});
