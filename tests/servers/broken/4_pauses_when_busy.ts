/**
 * Pretends to be lesson 4. Wrong: while all workers are busy it does not read from new clients.
 *
 * People want to bound the queue, which is right, and stop the loop for it, which is not: the loop
 * could still read, answer what needs no worker, and say that it is busy.
 *
 * Loses 4.P2: \d+ of \d+ clients' requests are unread
 */
import type { Connection } from "../../../models/parts/connection.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import { serveModel4, startPool } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  const workers = options.workers ?? 4;
  return serveModel4(options, (loop) => {
    const parked: Connection[] = [];
    let inHand = 0;
    const pool = startPool(loop, workers, (done) => {
      inHand--;
      for (const connection of parked.splice(0)) loop.selector.watch(connection);
      loop.selector.post(done);
    });
    return {
      pool: {
        submit(connection, ...requests) {
          inHand++;
          pool.submit(connection, ...requests);
        },
      },
      accept(connection) {
        if (inHand < workers) loop.selector.watch(connection);
        else parked.push(connection);
      },
    };
  });
}
