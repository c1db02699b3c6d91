/**
 * Pretends to be lesson 3. Wrong: it looks every 5 ms whether something is ready.
 *
 * People write `while (true)` around non-blocking calls, and put a short sleep in when they see the
 * CPU at 100 %. It is hardly seen in the CPU time then; the processor is never at rest all the same.
 *
 * Loses 3.P3: with 20 idle clients the server used .* of a core, and woke \d\d+ times
 */
import type { ServeOptions } from "../../models/parts/options.ts";
import { Loop, type Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop(options, () => ({}));
  return { finished: loop.run(() => new Promise((resolve) => setTimeout(resolve, 5))) };
}
