/**
 * Pretends to be lesson 7. Wrong: whoever watches waits for the thread that it had started, before it
 * looks after its other clients.
 *
 * People call `join` right after `start`. Then there are as many threads at once as watch, and a thread
 * for each event is only a slow way to do what lesson 5 does.
 *
 * Loses 7.P1: with \d+ requests under way, .* were held up
 * Loses 7.C2: a burst of 50 requests cost [12] threads
 */
import { eventThreadMain, EventThreads } from "../../../models/parts/event_threads.ts";
import type { Loan } from "../../../models/parts/threads/loan_messages.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import type { Thread } from "../../../models/parts/thread.ts";
import { serveEvent, serveLoans } from "./shared/events.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveLoans(options, (context) => {
    const byWatcher = new Map<string, EventThreads>();
    return (loan: Loan, watcher: Thread) => {
      const own = byWatcher.get(watcher.name) ?? new EventThreads(import.meta.url, 1, context);
      byWatcher.set(watcher.name, own);
      own.start(loan, watcher);
    };
  });
}

eventThreadMain(import.meta, serveEvent);
