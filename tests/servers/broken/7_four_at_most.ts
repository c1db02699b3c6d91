/**
 * Pretends to be lesson 7. Wrong: it starts no more than four threads, whatever comes.
 *
 * People fear for their machine, and set the cap so low that it is the model: a worker pool whose
 * workers are new each time. What is ready waits for a thread, with four cores or forty.
 *
 * Loses 7.P1: with \d+ requests under way, .* were held up
 * Loses 7.C2: a burst of 50 requests cost 4 threads
 */
import { serve as serveModel7 } from "../../../models/7_thread_per_event.ts";
import type { ServeOptions, Server } from "../../../models/parts/options.ts";

export function serve(options: ServeOptions): Server {
  return serveModel7({ ...options, maxEventThreads: 4 });
}
