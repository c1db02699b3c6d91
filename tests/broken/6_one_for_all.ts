/**
 * Pretends to be lesson 6. Wrong: when one process dies, the main process ends, and all the others.
 *
 * Who waits for the first child to end, and takes that for the end of all, writes this.
 *
 * Loses 6.P2: the server has ended
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
    const start = { name: `process-${n}`, shared, maxConnections: 1000 };
    startProcess(MODEL, start, listener).on("exit", () => Deno.exit(1));
  }
  return { finished: new Promise(() => {}) };
}
