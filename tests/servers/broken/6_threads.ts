/**
 * Pretends to be lesson 6. Wrong: its processes are threads.
 *
 * As a pool of event loops it is as good, and the names that WHO gives could be chosen as one likes.
 * But threads share their memory, and their end.
 *
 * Loses 6.P1: process \d+ reads from two clients
 * Loses 6.P2: the main process does the business
 * Loses 6.P3: told to have 5 processes and not 2, it had 0 more before the first client came
 * Loses 6.P4: late client \d+, beside one whose process is busy
 * Loses 6.C1: the main process does the business
 * Loses 6.C2: \d clients came when all processes were busy, and 0 are in the accept queue
 * Loses 6.C3: one client sent 2 commands, and INFO tells it of \d+
 */
import { serve as serveModel5 } from "../../../models/5_io_thread_pool.ts";
import type { ServeOptions, Server } from "../../../models/parts/options.ts";

export function serve(options: ServeOptions): Server {
  return serveModel5({ ...options, threads: options.processes ?? 2 });
}
