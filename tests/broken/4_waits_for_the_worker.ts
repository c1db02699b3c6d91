/**
 * Pretends to be lesson 4. Wrong: the loop hands a request to a worker, and waits for the reply.
 *
 * People write `reply = pool.submit(request).get()`, or `await` in the loop: it reads as if it were the
 * model, and the workers take turns.
 *
 * Loses 4.P1: with 2 workers and 1 request under way, the next one was held up
 * Loses 4.P2: 5 of 5 clients' requests are unread
 * Loses 4.C3: 2 workers, and the next request was held up with 1 under way
 */
import type { Connection } from "../../models/parts/connection.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import type { Reply } from "../../models/parts/protocol.ts";
import { type Done, WorkerPool } from "../../models/parts/worker_pool.ts";
import { Loop, POOL_WORKER } from "./loop.ts";
import type { Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop<Done<Connection>>(options, (loop) => {
    let replied = (_: Reply) => {};
    const pool = new WorkerPool<Connection>(
      POOL_WORKER,
      options.workers ?? 4,
      loop.context,
      ({ reply }) => replied(reply),
    );
    return {
      async readable(connection) {
        for (const request of connection.requests()) {
          const reply = new Promise<Reply>((resolve) => replied = resolve);
          pool.submit(connection, request);
          connection.reply(await reply);
        }
        loop.selector.write(connection);
      },
    };
  });
  return { finished: loop.run() };
}
