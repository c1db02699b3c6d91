/** The claims of lesson 4, an event loop and a worker pool: what the README's table states. */
import { defineClaims } from "./grader/claims.ts";
import type { Experiment } from "./grader/experiment.ts";
import { readersOf, writersOf } from "./grader/io_channels.ts";
import {
  blockBusiness,
  businessConcurrency,
  connectServed,
  threadGrowth,
} from "./grader/measure.ts";
import { acceptQueue, socketsAt } from "./grader/proc.ts";
import type { RunningServer } from "./grader/target.ts";

const POOL = "The loop puts each request into the queue; the workers take requests from it.";
const LOOP = "The loop reads, accepts and writes, and never waits for a worker.";

/** The claims of lesson 4. */
export const lesson4 = defineClaims(4, {
  "4.P1": async (t) => {
    const seen: string[] = [];
    for (const workers of [2, 4]) {
      const server = await t.server({ workers });
      const atOnce = await businessConcurrency(t, server, workers);
      t.expect(
        atOnce === workers,
        `with ${workers} workers and ${atOnce} requests under way, the next one was held up`,
        POOL,
      );
      seen.push(`${workers} workers: ${atOnce} requests at once`);
    }
    return seen.join("; ");
  },

  "4.P2": async (t) => {
    const server = await t.server({ workers: 2 });
    await allWorkersBusy(t, server, 2);
    const late = await t.connectMany(server, 5, "late client");
    for (const client of late) await client.send("PING");
    await t.quiet(server);
    const queued = acceptQueue(server.port);
    const ports = new Set(late.map(({ port }) => port));
    const unread = socketsAt(server.port)
      .filter(({ remotePort, receiveQueue }) => ports.has(remotePort) && receiveQueue > 0).length;
    t.record("kernel", `has ${queued} connections to accept, ${unread} with unread bytes`);
    t.expect(queued === 0, `${queued} connections wait in the accept queue`, LOOP);
    t.expect(unread === 0, `${unread} of 5 clients' requests are unread`, LOOP);
    return "with all workers busy, 5 new clients were accepted and their requests read";
  },

  "4.P3": async (t) => {
    const [small, large] = [await t.server({ workers: 2 }), await t.server({ workers: 6 })];
    await t.quiet(small);
    await t.quiet(large);
    const before = large.threads();
    const more = before.length - small.threads().length;
    t.record("server", `has ${more} threads more with 6 workers than with 2, and no client yet`);
    t.expect(
      more === 4,
      `before the first client came, 6 workers cost ${more} threads more than 2 workers`,
      "The pool's threads start before the server listens.",
    );
    await connectServed(t, large, 20);
    const growth = threadGrowth(large, before);
    t.expect(growth <= 2, `20 clients cost ${growth} threads`, "The pool's size is fixed.");
    return `the pool stood before the first client came; 20 clients cost ${
      Math.max(0, growth)
    } threads`;
  },

  "4.C1": async (t) => {
    const server = await t.server({ workers: 4 });
    const readers = new Set(await readersOf(t, server, await t.connectMany(server, 6)));
    t.expect(
      readers.size === 1,
      `the bytes of 6 clients were read by ${readers.size} threads`,
      "Only the event loop's thread touches sockets; a worker gets the request, not the socket.",
    );
    return "the bytes of 6 clients were read by one and the same thread";
  },

  "4.C2": async (t) => {
    const server = await t.server({ workers: 4 });
    const writers = await writersOf(t, server, 3);
    const [reader] = await readersOf(t, server, [await t.connect(server, "reading test")]);
    t.expect(
      new Set([reader, ...writers]).size === 1,
      `thread ${reader} reads, and the replies to 3 clients were written by ${
        [...new Set(writers)].join(", ")
      }`,
      "A worker gives the reply back to the event loop, which alone writes.",
    );
    return "the replies to 3 clients were written by the thread that also reads";
  },

  "4.C3": async (t) => {
    const server = await t.server({ workers: 2 });
    const atOnce = await businessConcurrency(t, server, 9);
    t.expect(
      atOnce <= 2,
      `2 workers, and ${atOnce} requests under way at once`,
      "The number of workers is fixed: what they cannot take waits in the queue.",
    );
    return `2 workers were busy, and the third request waited`;
  },
});

/** Lets as many requests block as there are workers. */
async function allWorkersBusy(
  t: Experiment,
  server: RunningServer,
  workers: number,
): Promise<void> {
  for (const client of await connectServed(t, server, workers)) {
    await blockBusiness(t, server, client);
  }
}
