/**
 * Pretends to be lesson 1. Wrong: it accepts every client at once, and lets them wait in a list of its
 * own.
 *
 * People think that a client which is not accepted is lost, and empty the kernel's queue into one
 * without a bound: each client that waits costs a descriptor, and the backlog limits nothing.
 *
 * Loses 1.C2: 0 are in the accept queue
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import type { Running } from "./shared/common.ts";
import { serveInTurn } from "./shared/turns.ts";

export function serve(options: ServeOptions): Running {
  return serveInTurn(options, (waiting) => waiting.shift());
}
