/**
 * Pretends to be lesson 4. Wrong: while all workers are busy it does not read from new clients.
 *
 * People want to bound the queue, which is right, and stop the loop for it, which is not: the loop
 * could still read, answer what needs no worker, and say that it is busy.
 *
 * Loses 4.P2: 5 of 5 clients' requests are unread
 */
import type { Connection } from "../../models/parts/connection.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import type { Done } from "../../models/parts/worker_pool.ts";
import { Loop, poolHandlers, startPool } from "./loop.ts";
import type { Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const workers = options.workers ?? 4;
  const loop = new Loop<Done<Connection>>(options, (loop) => {
    const pool = startPool(loop, workers);
    const parked: Connection[] = [];
    let inHand = 0;
    const handlers = poolHandlers(loop, {
      submit(connection, request) {
        inHand++;
        pool.submit(connection, request);
      },
    });
    return {
      ...handlers,
      accept(connection) {
        if (inHand < workers) loop.selector.watch(connection);
        else parked.push(connection);
      },
      message(done) {
        inHand--;
        for (const connection of parked.splice(0)) loop.selector.watch(connection);
        handlers.message(done);
      },
    };
  });
  return { finished: loop.run() };
}
