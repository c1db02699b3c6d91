/**
 * Pretends to be lesson 3. Wrong: the business is done by a thread of its own, and not on the loop.
 *
 * People have heard that one must never block the event loop, which is true, and leads to lesson 4.
 * Here a request is to hold up the accept as well.
 *
 * Loses 3.C3: 0 are in the accept queue
 */
import type { Connection } from "../../models/parts/connection.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import type { Done } from "../../models/parts/worker_pool.ts";
import { Loop, poolHandlers, startPool } from "./loop.ts";
import type { Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop<Done<Connection>>(options, (loop) => {
    return poolHandlers(loop, startPool(loop, 1));
  });
  return { finished: loop.run() };
}
