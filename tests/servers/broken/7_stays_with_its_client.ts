/**
 * Pretends to be lesson 7. Wrong: the thread that was started for an event waits for the next event of
 * its client.
 *
 * People write the loop that they know, which reads until the client closes. Then nothing is given
 * back, and it is lesson 2 with a detour.
 *
 * Loses 7.P2: 20 clients cost (1\d|2\d) threads, half of them in the middle of a request
 * Loses 7.C1: request 1 was done by thread \d+, which had been there before
 * Loses 7.C2: \d+ quick requests that came together started \d+ threads?
 */
import { eventThreadMain, EventThreads } from "../../../models/parts/event_threads.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import { serveLoans } from "./shared/events.ts";
import { type Running, serveWhole } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveLoans(options, (context) => {
    const threads = new EventThreads(import.meta.url, 1000, context);
    return (loan, watcher) => threads.start(loan, watcher);
  });
}

eventThreadMain(import.meta, serveWhole);
