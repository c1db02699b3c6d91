/**
 * Pretends to be lesson 4. Wrong: there is one worker, however many were asked for.
 *
 * People write the number down while they try things out, and leave it there.
 *
 * Loses 4.P1: with 2 workers and 1 request under way, .* were held up
 * Loses 4.P3: before the first client came, it had \d+ threads with 2 workers, and \d+ with 8
 * Loses 4.C3: 2 workers, and the next request was held up with 1 under way
 */
import { serve as serveModel4 } from "../../../models/4_worker_pool.ts";
import type { ServeOptions, Server } from "../../../models/parts/options.ts";

export function serve(options: ServeOptions): Server {
  return serveModel4({ ...options, workers: 1 });
}
