/**
 * Pretends to be lesson 5. Wrong: all threads are started, and one of them gets every connection.
 *
 * People start the threads and forget to take turns; or the threads compete for connections, and the
 * one that is quickest to ask always wins. It looks like the model, and is model 3.
 *
 * Loses 5.P1: the bytes of 9 clients were read by 1 thread
 * Loses 5.P2: with 2 threads, 1 of 6 requests were under way at once
 * Loses 5.C1: one thread does the business of all 6 clients
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { give, listenWithThreads } from "./shared/io_threads.ts";
import { acceptForThreads, type Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  const listening = listenWithThreads(options);
  const [first] = listening.threads;
  return { finished: acceptForThreads(listening, (accepted) => give(first, accepted)) };
}
