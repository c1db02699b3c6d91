/**
 * Pretends to be lesson 6. Wrong: when one process dies, the main process ends, and all the others.
 *
 * Who waits for the first child to end, and takes that for the end of all, writes this.
 *
 * Loses 6.P2: the server has ended
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import type { Running } from "./shared/common.ts";
import { startProcesses } from "./shared/processes.ts";

export function serve(options: ServeOptions): Running {
  for (const child of startProcesses(options)) child.on("exit", () => Deno.exit(1));
  return { finished: new Promise(() => {}) };
}
