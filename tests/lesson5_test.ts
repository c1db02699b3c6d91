/** The claims of lesson 5, several threads with an event loop each: what the README's table states. */
import { defineClaims } from "./grader/claims.ts";
import type { Client } from "./grader/client.ts";
import type { Experiment } from "./grader/experiment.ts";
import { fixedThreads } from "./grader/fixed_threads.ts";
import { blockOneByOne } from "./grader/held_together.ts";
import { readersOf, writerOf } from "./grader/io_channels.ts";
import { blockBusiness, connectServed, connectServedTwice, probe } from "./grader/measure.ts";
import { counted } from "./grader/thread_use.ts";
import { acceptQueue, socketsAt } from "./grader/proc.ts";
import { keepsProtocol } from "./grader/robust.ts";
import type { RunningServer } from "./grader/target.ts";
import { fibThatShows, whoWorked } from "./grader/who_works.ts";

const EVENLY = "The main thread accepts, and hands the connections out evenly to N threads.";
const OWN_LOOP =
  "Each thread reads, works and writes for its own connections, on its own event loop.";
const ONE_PROCESS = "The threads are threads of one process; a pool of processes is lesson 6.";
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
    await blockBusiness(t, server, blocked);
    for (const client of clients.filter((one) => one !== blocked)) {
      const isMate = mates.includes(client);
      const fate = await probe(t, server, client);
      t.expect(
        fate === (isMate ? "held" : "answered"),
        `${client.name}, of ${isMate ? "the same" : "another"} thread, was ${fate}`,
        OWN_LOOP,
      );
    }
    const others = clients.length - mates.length - 1;
    return `a blocked request held up ${mates.length} more of its thread, and none of ${others} others`;
  },

  "5.C2": async (t) => {
    const server = await t.server({ threads: 2 });
    await blockOneByOne(t, server, await connectServedTwice(t, server, 4));
    const late: Client[] = [];
    for (let i = 1; i <= 3; i++) {
      const client = await t.connect(server, `late client ${i}`);
      await client.send("PING");
      // One by one, or a main thread that waits for the first could still accept the others with it.
      await t.quiet(server);
      late.push(client);
    }
    const reply = Promise.race(late.map((client) => client.reply()));
    await t.held(server, reply, "a client that came when all threads were busy", NO_MORE);
    const queued = acceptQueue(server.port);
    const unread = unreadOf(server, late);
    t.record("kernel", `has ${queued} connections to accept, ${unread} with unread bytes`);
    t.expect(
      queued === 0,
      `${counted(queued ?? 0, "connection")} left in the accept queue`,
      NEVER_WAITS,
    );
    t.expect(unread === late.length, `${unread} of 3 late clients' requests are unread`, OWN_LOOP);
    return "with all threads busy, 3 new clients were accepted, and their requests not read";
  },

  "5.R1": keepsProtocol,
});

/** The clients, in groups by the thread that does their business. */
async function byThread(
  t: Experiment,
  server: RunningServer,
  clients: readonly Client[],
): Promise<Client[][]> {
  const groups = new Map<number, Client[]>();
  const processes = new Set<number | undefined>();
  const n = await fibThatShows(t, server, clients[0]);
  for (const client of clients) {
    const tid = await whoWorked(t, server, client, n);
    groups.set(tid, [...groups.get(tid) ?? [], client]);
    processes.add(server.threads().find((thread) => thread.tid === tid)?.pid);
  }
  t.expect(processes.size === 1, `${processes.size} processes do the business`, ONE_PROCESS);
  return [...groups.values()];
}

/** How many of the clients have sent something that the server has not read. */
function unreadOf(server: RunningServer, clients: readonly Client[]): number {
  const ports = new Set(clients.map(({ port }) => port));
  return socketsAt(server.port)
    .filter(({ remotePort, receiveQueue }) => ports.has(remotePort) && receiveQueue > 0).length;
}
