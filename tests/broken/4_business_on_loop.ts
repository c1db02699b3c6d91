/**
 * Pretends to be lesson 4. Wrong: the pool is there, and the loop does the business itself.
 *
 * People build the pool, and call the function where they had called it before. Nothing fails; the
 * workers just have nothing to do.
 *
 * Loses 4.P1: with 2 workers and 1 request under way, the next one was held up
 * Loses 4.P2: 5 connections left in the accept queue
 * Loses 4.C3: 2 workers, and the next request was held up with 1 under way
 */
import type { Connection } from "../../models/parts/connection.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import type { Done } from "../../models/parts/worker_pool.ts";
import { Loop, startPool } from "./loop.ts";
import type { Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop<Done<Connection>>(options, () => ({}));
  startPool(loop, options.workers);
  return { finished: loop.run() };
}
