/**
 * Pretends to be lesson 7. Wrong: what a thread has read and not used ends with the thread.
 *
 * People keep the read buffer where they always kept it, in the thread that reads. A request that comes
 * in two packets is read by two threads.
 *
 * Loses 7.R1: a request in many packets
 */
import { eventThreadMain, EventThreads } from "../../../models/parts/event_threads.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import { serveEvent, serveLoans } from "./shared/events.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveLoans(options, (context) => {
    const threads = new EventThreads(import.meta.url, 64, context);
    // One byte is new: the one by which the event was noticed.
    return (loan, watcher) => threads.start({ ...loan, rest: loan.rest.slice(-1) }, watcher);
  });
}

eventThreadMain(import.meta, serveEvent);
