/**
 * Pretends to be lesson 6. Wrong: a process that dies is not replaced.
 *
 * Nobody notices while there are others. The pool gets smaller with each crash, until it is empty.
 *
 * Loses 6.P2: was killed, and none took its place
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import type { Running } from "./shared/common.ts";
import { startProcesses } from "./shared/processes.ts";

export function serve(options: ServeOptions): Running {
  startProcesses(options);
  return { finished: new Promise(() => {}) };
}
