/**
 * Pretends to be lesson 4. Wrong: the loop hands a request to a worker, and waits for the reply.
 *
 * People write `reply = pool.submit(request).get()`, or `await` in the loop: it reads as if it were the
 * model, and the workers take turns.
 *
 * Loses 4.P1: with 2 workers and 1 request under way, .* were held up
 * Loses 4.P2: \d+ of \d+ clients' requests are unread
 * Loses 4.C3: 2 workers, and the next request was held up with 1 under way
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import type { Reply } from "../../../models/parts/protocol/protocol.ts";
import { WorkerPool } from "../../../models/parts/worker_pool.ts";
import { POOL_WORKER, serveModel3 } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel3(options, ({ selector, context }) => {
    let replied = (_: Reply) => {};
    const onDone = ({ reply }: { reply: Reply }) => replied(reply);
    const pool = new WorkerPool(POOL_WORKER, options.workers ?? 4, context, onDone);
    return {
      async readable(connection) {
        for (const request of connection.requests()) {
          const reply = new Promise<Reply>((resolve) => replied = resolve);
          pool.submit(connection, request);
          connection.reply(await reply);
        }
        selector.write(connection);
      },
    };
  });
}
