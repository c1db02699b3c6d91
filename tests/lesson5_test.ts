/** The claims of lesson 5, several threads with an event loop each: what the README's table states. */
import { defineClaims } from "./grader/experiment/claims.ts";
import type { Client } from "./grader/clients/client.ts";
import { fixedThreads } from "./grader/probes/fixed_threads.ts";
import { blockOneByOne } from "./grader/probes/requests_at_once.ts";
import { blockBusiness, letGo } from "./grader/probes/blocking.ts";
import { acceptedBeside, computesBeside } from "./grader/probes/beside_a_busy_thread.ts";
import { askAll } from "./grader/probes/asking.ts";
import { connectServed, connectServedTwice } from "./grader/probes/served_or_held.ts";
import { readsSmallToo } from "./grader/probes/who_reads_small.ts";
import { counted } from "./grader/probes/thread_count.ts";
import { byThread } from "./grader/probes/clients_by_thread.ts";
import { finishRequest, readersOf, writerOf } from "./grader/probes/who_reads_and_writes.ts";
import { acceptQueue, socketsAt } from "./grader/server/sockets.ts";
import { keepsProtocol } from "./grader/probes/keeps_protocol.ts";
import type { RunningServer } from "./grader/server/running_server.ts";
import { testClaims } from "./grader/experiment/test_claims.ts";

const EVENLY = "The main thread accepts, and hands the connections out evenly to N threads.";
const OWN_LOOP =
  "Each thread reads, works and writes for its own connections, on its own event loop.";
const NO_MORE = "N threads, and no more: who comes when all are busy waits for one of them.";
const NEVER_WAITS = "The main thread hands a connection over and goes back to accept at once.";

/** The claims of lesson 5. */
export const lesson5 = defineClaims(5, {
  "5.P1": async (t) => {
    const server = await t.server({ threads: 3 });
    const readers = new Set(await readersOf(t, server, await connectServed(t, server, 9)));
    // A program that cannot be told how many threads to start has two at least.
    const right = server.sizes.threads === undefined ? readers.size > 1 : readers.size === 3;
    t.expect(
      right,
      `the bytes of 9 clients were read by ${counted(readers.size, "thread")}`,
      EVENLY,
    );
    for (let i = 1; i <= 2; i++) {
      const [small] = await connectServed(t, server, 1);
      const [readsLarge] = await readersOf(t, server, [small]);
      await finishRequest(t, server, small);
      await readsSmallToo(t, server, small, readsLarge);
      const client = await t.connect(server, `deaf client ${i}`, false);
      const writer = await writerOf(t, server, client);
      const [reader] = await readersOf(t, server, [client]);
      t.expect(
        reader === writer && readers.has(reader),
        `thread ${reader} reads from ${client.name}, and thread ${writer} writes to it`,
        OWN_LOOP,
      );
    }
    return `the bytes of 9 clients were read by ${
      counted(readers.size, "thread")
    }; who reads also writes`;
  },

  "5.P2": async (t) => {
    const seen: string[] = [];
    for (const wanted of [2, 4]) {
      const server = await t.server({ threads: wanted });
      const clients = await connectServedTwice(t, server, 3 * wanted);
      const atOnce = (await blockOneByOne(t, server, clients)).length;
      const right = server.sizes.threads === undefined ? atOnce > 1 : atOnce === wanted;
      t.expect(
        right,
        `with ${wanted} threads, ${atOnce} of ${clients.length} requests were under way at once`,
        OWN_LOOP,
      );
      await computesBeside(t, wanted);
      seen.push(`${atOnce} requests at once with ${server.sizes.threads ?? "its"} threads`);
    }
    return [...new Set(seen)].join(", ");
  },

  "5.P3": (t) => fixedThreads(t, "threads", "I/O threads"),

  "5.C1": async (t) => {
    const server = await t.server({ threads: 3 });
    const clients = await connectServedTwice(t, server, 6);
    const threads = await byThread(t, server, clients);
    const [[blocked, ...mates]] = threads.sort((a, b) => b.length - a.length);
    t.expect(mates.length > 0, "6 clients have 6 threads", NO_MORE);
    t.expect(threads.length > 1, "one thread does the business of all 6 clients", EVENLY);
    const by = await blockBusiness(t, server, blocked);
    const others = clients.filter((one) => one !== blocked);
    const { answered } = await askAll(t, server, others, { by });
    for (const client of others) {
      const isMate = mates.includes(client);
      const fate = answered.includes(client) ? "answered" : "held";
      t.expect(
        fate === (isMate ? "held" : "answered"),
        `${client.name}, of ${isMate ? "the same" : "another"} thread, was ${fate}`,
        OWN_LOOP,
      );
    }
    const late = await acceptedBeside(t, server);
    await letGo(t, server);
    return `a blocked request held up ${mates.length} more of its thread, and none of ` +
      `${answered.length} others; ${late} new clients were accepted`;
  },

  "5.C2": async (t) => {
    const server = await t.server({ threads: 2 });
    await blockOneByOne(t, server, await connectServedTwice(t, server, 4));
    const late: Client[] = [], replies: Promise<string>[] = [];
    for (let i = 1; i <= 3; i++) {
      const client = await t.connect(server, `late client ${i}`);
      const reply = client.ask("PING");
      t.holds.asked(client, client.name, reply);
      replies.push(reply);
      // One by one, or a main thread that waits for the first could still accept the others with it.
      await t.quiet(server);
      late.push(client);
    }
    const any = Promise.race(replies);
    await t.held(server, any, "a client that came when all threads were busy", NO_MORE);
    const arrived = () => acceptQueue(server.port) === 0 && unreadOf(server, late) === late.length;
    await t.until(server, arrived);
    const queued = acceptQueue(server.port);
    const unread = unreadOf(server, late);
    t.holds.check(t.paceOf(server));
    t.record("kernel", `has ${queued} connections to accept, ${unread} with unread bytes`);
    t.expect(
      queued === 0,
      `${counted(queued ?? 0, "connection")} left in the accept queue`,
      NEVER_WAITS,
    );
    t.expect(unread === late.length, `${unread} of 3 late clients' requests are unread`, OWN_LOOP);
    t.holds.settle();
    await letGo(t, server);
    return "with all threads busy, 3 new clients were accepted, and their requests not read";
  },

  "5.R1": keepsProtocol,
});

testClaims(import.meta, lesson5);

/** How many of the clients have sent something that the server has not read. */
function unreadOf(server: RunningServer, clients: readonly Client[]): number {
  const ports = new Set(clients.map(({ port }) => port));
  return socketsAt(server.port)
    .filter(({ remotePort, receiveQueue }) => ports.has(remotePort) && receiveQueue > 0).length;
}
