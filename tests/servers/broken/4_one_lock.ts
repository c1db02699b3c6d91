/**
 * Pretends to be lesson 4. Wrong: the workers take one lock for the business, so that one works at a time.
 *
 * People protect what the workers share with one lock around everything. The threads are there, and
 * the benchmark shows no gain.
 *
 * Loses 4.P1: with 2 workers and 1 request under way, .* were held up
 * Loses 4.C3: 2 workers, and the next request was held up with 1 under way
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { workerMain } from "../../../models/parts/worker_pool.ts";
import { locked } from "./shared/lock.ts";
import { serveModel4, startPool } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

/** Of the memory that all threads of a server share, a cell that the models have no use for. */
const LOCK_CELL = 15;

export function serve(options: ServeOptions): Running {
  const sharedMemory = new SharedArrayBuffer(4 * (LOCK_CELL + 1));
  return serveModel4({ ...options, sharedMemory }, (loop) => ({
    pool: startPool(loop, options.workers, undefined, import.meta.url),
  }));
}

workerMain(import.meta, (context, request, id) => {
  const lock = new Int32Array(context.shared.memory, 4 * LOCK_CELL, 1);
  return locked(lock, () => context.business.run(request, id));
});
