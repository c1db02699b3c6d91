/**
 * Pretends to be lesson 6. Wrong: a process that dies is not replaced.
 *
 * Nobody notices while there are others. The pool gets smaller with each crash, until it is empty.
 *
 * Loses 6.P2: was killed, and none took its place
 */
import { ServerContext } from "../../models/parts/server_context.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import { startProcess } from "../../models/parts/process_start.ts";
import { listenForChildren } from "../../models/parts/shared_listener.ts";
import type { Running } from "./parts.ts";

const MODEL = new URL("../../models/6_process_pool.ts", import.meta.url).href;

export function serve(options: ServeOptions): Running {
  const { hostname = "127.0.0.1", port = 0, processes = 2 } = options;
  const context = ServerContext.forMain("broken", { processes }, options);
  const listener = listenForChildren({ hostname, port }, context);
  const { memory: _, ...shared } = context.shared;
  for (let n = 1; n <= processes; n++) {
    startProcess(MODEL, { name: `process-${n}`, shared, maxConnections: 1000 }, listener);
  }
  return { finished: new Promise(() => {}) };
}
