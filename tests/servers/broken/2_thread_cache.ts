/**
 * Pretends to be lesson 2. Wrong: a thread whose connection has closed serves the next one.
 *
 * It is the better server, and what MySQL does. It is not the model: a short connection no longer
 * pays for a thread, and the threads of a busy hour stay for good.
 *
 * Loses 2.C2: 5 of 12 clients closed, and \d threads? ended|12 idle clients keep \d threads
 * Loses 2.C3: 5 short connections had [01] threads?
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { acceptForThreads, listenForThreads, type Running } from "./shared/common.ts";
import { type ReusableThread, startReusable } from "./shared/reusable_threads.ts";

export function serve(options: ServeOptions): Running {
  const idle: ReusableThread[] = [];
  return {
    finished: acceptForThreads(listenForThreads(options), (accepted, context) => {
      const thread = idle.pop() ?? startReusable(`thread-${accepted.id}`, context);
      thread.serve(accepted).then(() => idle.push(thread));
    }),
  };
}
