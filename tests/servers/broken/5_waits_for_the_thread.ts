/**
 * Pretends to be lesson 5. Wrong: the main thread blocks until the thread has taken the connection.
 *
 * People want to be sure that nothing is lost on the way. So one busy thread stops all accepting, for
 * the clients of the idle threads as well.
 *
 * Loses 5.C1: clients that came while a thread was busy: nothing comes
 * Loses 5.C2: 2 connections left in the accept queue
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import type { Gift } from "../../../models/parts/thread_messages.ts";
import { listenWithThreads } from "./shared/io_threads.ts";
import { acceptForThreads, type Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  const listening = listenWithThreads(options);
  const { threads } = listening;
  return {
    finished: acceptForThreads(listening, ({ id, socket }, { state }) => {
      const { message, transfer } = socket.handOver();
      threads[id % threads.length].post({ kind: "gift", id, message } satisfies Gift, transfer);
      if (message.way === "descriptor") {
        while (Atomics.load(message.claim, 0) === 0) state.sleep(5);
      }
    }),
  };
}
