/** The claims of lesson 4, an event loop and a worker pool: what the README's table states. */
import { defineClaims } from "./grader/experiment/claims.ts";
import type { Experiment } from "./grader/experiment/experiment.ts";
import { fixedThreads } from "./grader/probes/fixed_threads.ts";
import { readersOf, writersOf } from "./grader/probes/who_reads_and_writes.ts";
import { between } from "./grader/experiment/random.ts";
import { letGo } from "./grader/probes/blocking.ts";
import { answeredBeside, blockUntilHeld } from "./grader/probes/requests_at_once.ts";
import {
  readsFirstPieces,
  readsSmallToo,
  writesSmallToo,
} from "./grader/probes/who_reads_small.ts";
import { connectServed } from "./grader/probes/served_or_held.ts";
import { counted } from "./grader/probes/thread_count.ts";
import { acceptQueue, socketsAt } from "./grader/server/sockets.ts";
import { keepsProtocol } from "./grader/probes/keeps_protocol.ts";
import type { RunningServer } from "./grader/server/running_server.ts";
import { testClaims } from "./grader/experiment/test_claims.ts";

const POOL =
  "There are as many workers as the server is told to have, no less and no more. The loop puts each " +
  "request into the queue, and the workers take requests from it.";
/** A program that cannot be told how many workers to start has no more than that. */
const MOST_WORKERS = 10;
const LOOP = "The loop reads, accepts and writes, and never waits for a worker.";

/** The claims of lesson 4. */
export const lesson4 = defineClaims(4, {
  "4.P1": async (t) => {
    const seen: string[] = [];
    for (const [wanted, computing] of [[2, 0], [2, 1], [4, 1]] as const) {
      const server = await t.server({ workers: wanted });
      // A program that cannot be told how many workers to start has two at least.
      const workers = server.sizes.workers ?? 2;
      const beside = { sleeping: workers - 1 - computing, computing, others: workers + 1 };
      await answeredBeside(t, server, beside, `with ${workers} workers and`, POOL);
      seen.push(`${workers} requests at once with ${workers} workers`);
    }
    return [...new Set(seen)].join(", ");
  },

  "4.P2": async (t) => {
    const server = await t.server({ workers: 2 });
    await allWorkersBusy(t, server);
    const count = between(t.random, 5, 12);
    const late = await t.connectMany(server, count, "late client");
    for (const client of late) t.holds.asked(client, client.name, client.ask("PING"));
    const ports = new Set(late.map(({ port }) => port));
    const unreadNow = () =>
      socketsAt(server.port)
        .filter(({ remotePort, receiveQueue }) => ports.has(remotePort) && receiveQueue > 0).length;
    await t.quiet(server);
    await t.until(server, () => acceptQueue(server.port) === 0 && unreadNow() === 0);
    const queued = acceptQueue(server.port), unread = unreadNow();
    t.holds.check(t.paceOf(server));
    t.record("kernel", `has ${queued} connections to accept, ${unread} with unread bytes`);
    t.expect(queued === 0, `${counted(queued ?? 0, "connection")} left in the accept queue`, LOOP);
    t.expect(unread === 0, `${unread} of ${count} clients' requests are unread`, LOOP);
    t.holds.settle();
    await letGo(t, server);
    return `with all workers busy, ${count} new clients were accepted and their requests read`;
  },

  "4.P3": (t) => fixedThreads(t, "workers", "workers"),

  "4.C1": async (t) => {
    const server = await t.server({ workers: 4 });
    const clients = await connectServed(t, server, 6);
    const small = clients.pop()!;
    const readers = new Set(await readersOf(t, server, clients));
    t.expect(
      readers.size === 1,
      `the bytes of 5 clients were read by ${counted(readers.size, "thread")}`,
      "Only the event loop's thread touches sockets; a worker gets the request, not the socket.",
    );
    await readsFirstPieces(t, server, [...readers][0]);
    await readsSmallToo(t, server, small, [...readers][0]);
    return "what 6 clients sent, large and small, was read by one and the same thread";
  },

  "4.C2": async (t) => {
    const server = await t.server({ workers: 4 });
    // A server that sends every byte back would also read and write with one thread.
    const [small, ...served] = await connectServed(t, server, 2);
    const writers = await writersOf(t, server, 2);
    const [reader] = await readersOf(t, server, served);
    t.expect(
      new Set([reader, ...writers]).size === 1,
      `thread ${reader} reads, and the replies to 2 clients were written by ${
        [...new Set(writers)].join(", ")
      }`,
      "A worker gives the reply back to the event loop, which alone writes.",
    );
    await readsFirstPieces(t, server, reader);
    await writesSmallToo(t, server, small, reader);
    return "the replies to 3 clients were written by the thread that also reads";
  },

  "4.C3": async (t) => {
    const server = await t.server({ workers: 2 });
    const workers = await allWorkersBusy(t, server);
    t.expect(
      workers === (server.sizes.workers ?? workers),
      `2 workers, and the next request was held up with ${workers} under way`,
      POOL,
    );
    await letGo(t, server);
    return `with ${counted(workers, "request")} under way, the next ones waited for their end`;
  },

  "4.R1": keepsProtocol,
});

testClaims(import.meta, lesson4);

/** Blocks requests until the others are held up. Returns how many are under way. */
async function allWorkersBusy(t: Experiment, server: RunningServer): Promise<number> {
  const { workers } = server.sizes;
  const busy = await blockUntilHeld(t, server, workers, MOST_WORKERS);
  t.expect(
    busy !== Infinity,
    `with ${workers ?? MOST_WORKERS} requests under way, one more was answered`,
    POOL,
  );
  return busy;
}
