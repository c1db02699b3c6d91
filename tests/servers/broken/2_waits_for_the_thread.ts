/**
 * Pretends to be lesson 2. Wrong: it starts a thread for each client, and waits for the thread's end.
 *
 * People call `join` right after `start`, as the examples of every thread library do.
 *
 * Loses 2.P1: (sleeper|client) \d sent PING: nothing comes
 * Loses 2.P2: client 2 sent PING: nothing comes
 * Loses 2.P3: a client beside three slow ones: nothing comes
 * Loses 2.C1: client 2 sent PING: nothing comes
 * Loses 2.C2: client 2 sent PING: nothing comes
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { acceptForThreads, listenForThreads, type Running, threadFor } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return {
    finished: acceptForThreads(
      listenForThreads(options),
      (accepted, context) => threadFor(accepted, context).exited,
    ),
  };
}
