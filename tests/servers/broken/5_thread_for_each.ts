/**
 * Pretends to be lesson 5. Wrong: when every thread has a client, the next client gets a new thread.
 *
 * People fear that clients have to wait, and let the pool grow. It is model 2 then, with its costs.
 *
 * Loses 5.P1: the bytes of 9 clients were read by 9 threads
 * Loses 5.P2: with 2 threads, 6 of 6 requests were under way at once
 * Loses 5.P3: \d+ clients cost \d\d threads
 * Loses 5.C1: 6 clients have 6 threads
 * Loses 5.C2: a client that came when all threads were busy: it got "\+PONG"
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { give, ioThread, listenWithThreads } from "./shared/io_threads.ts";
import { acceptForThreads, type Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  const listening = listenWithThreads(options);
  const free = [...listening.threads];
  return {
    finished: acceptForThreads(listening, (accepted, context) => {
      give(free.pop() ?? ioThread(accepted.id, context), accepted);
    }),
  };
}
