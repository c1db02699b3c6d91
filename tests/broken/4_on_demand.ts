/**
 * Pretends to be lesson 4. Wrong: the workers are started when the first request comes.
 *
 * People make everything lazy. The first client pays for the start of all threads, and a pool that
 * cannot be started is found out by a client, and not by whoever starts the server.
 *
 * Loses 4.P3: before the first client came, it had \d+ threads with 2 workers, and \d+ with 8
 */
import type { Connection } from "../../models/parts/connection.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import type { Done, WorkerPool } from "../../models/parts/worker_pool.ts";
import { Loop, poolHandlers, startPool } from "./loop.ts";
import type { Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop<Done<Connection>>(options, (loop) => {
    let pool: WorkerPool<Connection> | undefined;
    return poolHandlers(loop, {
      submit(connection, request) {
        pool ??= startPool(loop, options.workers);
        pool.submit(connection, request);
      },
    });
  });
  return { finished: loop.run() };
}
