/**
 * Pretends to be lesson 4. Wrong: when all workers are busy, it starts another one.
 *
 * People take the pool that their library offers first, such as Java's `newCachedThreadPool`: a queue
 * is never needed, and under load there is a thread for each request after all.
 *
 * Loses 4.P2: with \d+ requests under way, one more was answered
 * Loses 4.C3: with \d+ requests under way, one more was answered
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { serveModel4, startPool } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel4(options, (loop) => {
    const start = () => {
      const worker = {
        pool: startPool(loop, 1, (done) => {
          worker.busy = false;
          loop.selector.post(done);
        }),
        busy: false,
      };
      return worker;
    };
    const workers = Array.from({ length: options.workers ?? 4 }, start);
    return {
      pool: {
        submit(connection, ...requests) {
          let worker = workers.find(({ busy }) => !busy);
          if (worker === undefined) workers.push(worker = start());
          worker.busy = true;
          worker.pool.submit(connection, ...requests);
        },
      },
    };
  });
}
