/**
 * Pretends to be lesson 3. Wrong: the business is done by a thread of its own, and not on the loop.
 *
 * People have heard that one must never block the event loop, which is true, and leads to lesson 4.
 * Here a request is to hold up the accept as well.
 *
 * Loses 3.C3: 0 are in the accept queue
 */
import { serve as serveModel4 } from "../../../models/4_worker_pool.ts";
import type { ServeOptions, Server } from "../../../models/parts/options.ts";

export function serve(options: ServeOptions): Server {
  return serveModel4({ ...options, workers: 1 });
}
