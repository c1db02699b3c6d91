/**
 * Pretends to be lesson 4. Wrong: the workers are started when the first request comes.
 *
 * People make everything lazy. The first client pays for the start of all threads, and a pool that
 * cannot be started is found out by a client, and not by whoever starts the server.
 *
 * Loses 4.P3: before the first client came, it had \d+ threads with 2 workers, and \d+ with 8
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import type { WorkerPool } from "../../../models/parts/worker_pool.ts";
import { serveModel4, startPool } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel4(options, (loop) => {
    let pool: WorkerPool | undefined;
    return {
      pool: {
        submit(connection, ...requests) {
          pool ??= startPool(loop, options.workers);
          pool.submit(connection, ...requests);
        },
      },
    };
  });
}
