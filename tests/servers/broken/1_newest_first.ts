/**
 * Pretends to be lesson 1. Wrong: of the clients that wait it serves the newest first.
 *
 * People keep what they have accepted in an array, and `push` and `pop` come to mind together. That
 * is a stack; whoever came first may wait for ever.
 *
 * Loses 1.P1: client 2's turn: nothing comes
 * Loses 1.C1: it is other client 1's turn: nothing comes
 * Loses 1.C2: 0 are in the accept queue
 * Loses 1.R1: neighbour \d's turn: nothing comes
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import type { Running } from "./shared/common.ts";
import { serveInTurn } from "./shared/turns.ts";

export function serve(options: ServeOptions): Running {
  return serveInTurn(options, (waiting) => waiting.pop());
}
