/**
 * Pretends to be lesson 7. Wrong: a thread whose event is done waits for the next one.
 *
 * It is the better server, and what everybody ships. It is not the model: a request no longer pays for
 * a thread, and the threads of a busy hour stay for good.
 *
 * Loses 7.C1: request 1 was done by thread \d+, which had been there before
 * Loses 7.C2: \d+ quick requests that came together started \d+ threads
 */
import { serveLoan } from "../../../models/parts/threads/lending.ts";
import type { Back, Loan } from "../../../models/parts/threads/loan_messages.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import { startThread, type Thread, threadMain } from "../../../models/parts/thread.ts";
import { serveEvent, serveLoans } from "./shared/events.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  const idle: Thread<Back>[] = [];
  return serveLoans(options, (context) => (loan, watcher) => {
    const thread = idle.pop() ?? startThread(import.meta.url, `event-${loan.id}`, context, null);
    thread.onMessage = (back) => {
      idle.push(thread);
      watcher.post(back);
    };
    thread.post(loan);
  });
}

threadMain<null, Loan>(import.meta, async (context, _init, onMessage, post) => {
  onMessage(async (loan) => post(await serveLoan(loan, context, serveEvent)));
  await new Promise(() => {});
});
