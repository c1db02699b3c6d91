/**
 * Pretends to be lesson 4. Wrong: when all workers are busy, it starts another one.
 *
 * People take the pool that their library offers first, such as Java's `newCachedThreadPool`: a queue
 * is never needed, and under load there is a thread for each request after all.
 *
 * Loses 4.P2: with 10 requests under way, one more was answered
 * Loses 4.C3: with 10 requests under way, one more was answered
 */
import type { Connection } from "../../models/parts/connection.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import type { Done } from "../../models/parts/worker_pool.ts";
import { Loop, poolHandlers, startPool } from "./loop.ts";
import type { Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop<Done<Connection>>(options, (loop) => {
    const start = () => ({ pool: startPool(loop, 1), busy: false });
    const workers = Array.from({ length: options.workers ?? 4 }, start);
    const workerOf = new Map<Connection, ReturnType<typeof start>>();
    const handlers = poolHandlers(loop, {
      submit(connection, request) {
        let worker = workers.find(({ busy }) => !busy);
        if (worker === undefined) workers.push(worker = start());
        worker.busy = true;
        workerOf.set(connection, worker);
        worker.pool.submit(connection, request);
      },
    });
    return {
      ...handlers,
      message(done) {
        workerOf.get(done.connection)!.busy = false;
        handlers.message(done);
      },
    };
  });
  return { finished: loop.run() };
}
