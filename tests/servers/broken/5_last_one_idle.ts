/**
 * Pretends to be lesson 5. Wrong: the last thread never gets a connection.
 *
 * People count from 1 and take the number modulo N - 1. Nothing fails, and a core is idle.
 *
 * Loses 5.P1: the bytes of 9 clients were read by 2 threads
 * Loses 5.P2: with 2 threads, 1 of 6 requests were under way at once
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { give, listenWithThreads } from "./shared/io_threads.ts";
import { acceptForThreads, type Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  const listening = listenWithThreads(options);
  const { threads } = listening;
  return {
    finished: acceptForThreads(listening, (accepted) => {
      give(threads[accepted.id % (threads.length - 1)], accepted);
    }),
  };
}
