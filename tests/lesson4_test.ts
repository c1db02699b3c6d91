/** The claims of lesson 4, an event loop and a worker pool: what the README's table states. */
import { defineClaims } from "./grader/claims.ts";
import type { Experiment } from "./grader/experiment.ts";
import { fixedThreads } from "./grader/fixed_threads.ts";
import { readersOf, writersOf } from "./grader/io_channels.ts";
import { businessConcurrency, connectServed } from "./grader/measure.ts";
import { counted } from "./grader/thread_use.ts";
import { acceptQueue, socketsAt } from "./grader/proc.ts";
import { keepsProtocol } from "./grader/robust.ts";
import type { RunningServer } from "./grader/target.ts";

const POOL = "The loop puts each request into the queue; the workers take requests from it.";
/** A program that cannot be told how many workers to start has no more than that. */
const MOST_WORKERS = 10;
const LOOP = "The loop reads, accepts and writes, and never waits for a worker.";

/** The claims of lesson 4. */
export const lesson4 = defineClaims(4, {
  "4.P1": async (t) => {
    const seen: string[] = [];
    for (const wanted of [2, 4]) {
      const server = await t.server({ workers: wanted });
      // A program that cannot be told how many workers to start has two at least.
      const workers = server.sizes.workers ?? 2;
      const heldAt = await businessConcurrency(t, server, workers - 1);
      t.expect(
        heldAt === Infinity,
        `with ${workers} workers and ${
          counted(heldAt, "request")
        } under way, the next one was held up`,
        POOL,
      );
      seen.push(`${workers} requests at once with ${workers} workers`);
    }
    return [...new Set(seen)].join(", ");
  },

  "4.P2": async (t) => {
    const server = await t.server({ workers: 2 });
    await allWorkersBusy(t, server);
    const late = await t.connectMany(server, 5, "late client");
    for (const client of late) await client.send("PING");
    await t.quiet(server);
    const queued = acceptQueue(server.port);
    const ports = new Set(late.map(({ port }) => port));
    const unread = socketsAt(server.port)
      .filter(({ remotePort, receiveQueue }) => ports.has(remotePort) && receiveQueue > 0).length;
    t.record("kernel", `has ${queued} connections to accept, ${unread} with unread bytes`);
    t.expect(queued === 0, `${counted(queued ?? 0, "connection")} left in the accept queue`, LOOP);
    t.expect(unread === 0, `${unread} of 5 clients' requests are unread`, LOOP);
    return "with all workers busy, 5 new clients were accepted and their requests read";
  },

  "4.P3": (t) => fixedThreads(t, "workers", "workers"),

  "4.C1": async (t) => {
    const server = await t.server({ workers: 4 });
    const readers = new Set(await readersOf(t, server, await connectServed(t, server, 6)));
    t.expect(
      readers.size === 1,
      `the bytes of 6 clients were read by ${counted(readers.size, "thread")}`,
      "Only the event loop's thread touches sockets; a worker gets the request, not the socket.",
    );
    return "the bytes of 6 clients were read by one and the same thread";
  },

  "4.C2": async (t) => {
    const server = await t.server({ workers: 4 });
    // A server that sends every byte back would also read and write with one thread.
    const served = await connectServed(t, server, 1);
    const writers = await writersOf(t, server, 2);
    const [reader] = await readersOf(t, server, served);
    t.expect(
      new Set([reader, ...writers]).size === 1,
      `thread ${reader} reads, and the replies to 2 clients were written by ${
        [...new Set(writers)].join(", ")
      }`,
      "A worker gives the reply back to the event loop, which alone writes.",
    );
    return "the replies to 2 clients were written by the thread that also reads";
  },

  "4.C3": async (t) => {
    const server = await t.server({ workers: 2 });
    const workers = await allWorkersBusy(t, server);
    t.expect(
      workers === (server.sizes.workers ?? workers),
      `2 workers, and the next request was held up with ${workers} under way`,
      "The number of workers is fixed: what they cannot take waits in the queue.",
    );
    return `with ${counted(workers, "request")} under way, the next one waited`;
  },

  "4.R1": keepsProtocol,
});

/** Blocks requests until one more is held up. Returns how many are under way. */
async function allWorkersBusy(t: Experiment, server: RunningServer): Promise<number> {
  const heldAt = await businessConcurrency(t, server, MOST_WORKERS);
  t.expect(
    heldAt <= MOST_WORKERS,
    `with ${MOST_WORKERS} requests under way, one more was answered`,
    "The number of workers is fixed: what they cannot take waits in the queue.",
  );
  return heldAt;
}
