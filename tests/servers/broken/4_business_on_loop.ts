/**
 * Pretends to be lesson 4. Wrong: the pool is there, and the loop does the business itself.
 *
 * People build the pool, and call the function where they had called it before. Nothing fails; the
 * workers just have nothing to do.
 *
 * Loses 4.P1: with 2 workers and 1 request under way, .* were held up
 * Loses 4.P2: \d+ connections left in the accept queue
 * Loses 4.C3: 2 workers, and the next request was held up with 1 under way
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { WorkerPool } from "../../../models/parts/worker_pool.ts";
import { POOL_WORKER, serveModel3 } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel3(options, ({ context }) => {
    new WorkerPool(POOL_WORKER, options.workers ?? 4, context, () => {});
    return {};
  });
}
