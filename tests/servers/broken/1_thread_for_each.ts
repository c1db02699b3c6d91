/**
 * Pretends to be lesson 1. Wrong: one client at a time, and yet a thread for each of them.
 *
 * People start a thread for a client and then wait for its end, because something has to be cleaned
 * up afterwards: the price of lesson 2 for what lesson 1 can do.
 *
 * Loses 1.P2: 5 clients, one after the other, had [5-8] threads of their own
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { acceptForThreads, listenForThreads, type Running, threadFor } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return {
    finished: acceptForThreads(
      listenForThreads(options, "stream"),
      (accepted, context) => threadFor(accepted, context).exited,
    ),
  };
}
