/**
 * Pretends to be lesson 5. Wrong: the threads are started when the first client comes.
 *
 * People make everything lazy. The first clients wait for the start of a thread, as in lesson 2, and a
 * machine that cannot run so many threads is found out by them.
 *
 * Loses 5.P3: before the first client came, it had \d+ threads with 2 I/O threads, and \d+ with 8
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import type { Thread } from "../../../models/parts/thread.ts";
import { give, ioThread } from "./shared/io_threads.ts";
import { acceptForThreads, listenForThreads, type Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  const threads: Thread[] = [];
  const { threads: most = 4 } = options;
  return {
    finished: acceptForThreads(listenForThreads(options), (accepted, context) => {
      const at = accepted.id % most;
      give(threads[at] ??= ioThread(at + 1, context), accepted);
    }),
  };
}
