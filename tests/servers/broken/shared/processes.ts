/** What the broken servers of lesson 6 share: model 6's processes, and nobody who watches them. */
import type { ChildProcess } from "node:child_process";
import type { ServeOptions } from "../../../../models/parts/options.ts";
import { startProcess } from "../../../../models/parts/processes/process_start.ts";
import { ServerContext } from "../../../../models/parts/server_context.ts";
import { listenForChildren } from "../../../../models/parts/shared_listener.ts";

/** The program of the processes. */
const MODEL = new URL("../../../../models/6_process_pool.ts", import.meta.url).href;

/** Listens, and starts as many processes as were asked for. */
export function startProcesses(options: ServeOptions): ChildProcess[] {
  const { hostname = "127.0.0.1", port = 0, processes = 2 } = options;
  const context = ServerContext.forMain("broken", { processes }, options);
  const listener = listenForChildren({ hostname, port }, context);
  const { memory: _, traceMemory: __, ...shared } = context.shared;
  return Array.from({ length: processes }, (_, i) => {
    const start = { name: `process-${i + 1}`, shared, maxConnections: 1000 };
    return startProcess(MODEL, start, listener);
  });
}
