/**
 * Model 6: P processes that each multiplex, and compete to accept
 * (多进程多路 I/O 复用，进程池，竞争 Accept).
 *
 * The main process listens, starts P processes, and replaces those that die; it never accepts. Each
 * process runs model 3's event loop, the same code, on the listening socket that all of them share.
 * So P requests are read, worked on and written at once, and what ends one process ends no other.
 */
import { eventLoop } from "./3_io_multiplexing.ts";
import { Acceptor } from "./parts/accept.ts";
import type { ServeOptions, Server } from "./parts/options.ts";
import { ProcessPool } from "./parts/process_pool.ts";
import { processMain } from "./parts/process_program.ts";
import { Selector } from "./parts/selector.ts";
import { serverHandle } from "./parts/server.ts";
import { ServerContext } from "./parts/server_context.ts";
import { listenForChildren } from "./parts/shared_listener.ts";
import { DEFAULTS } from "./parts/sizes.ts";

/** Starts the server. Throws what `Deno.listen` throws, such as `AddrInUse`. */
export function serve(options: ServeOptions = {}): Server {
  // `maxConnections` is for each process: nobody counts for all of them.
  const { hostname = "127.0.0.1", port = 0, maxConnections = DEFAULTS.maxConnections } = options;
  const { processes = DEFAULTS.processes } = options;
  const context = ServerContext.forMain("process-pool", { processes }, options);
  const listener = listenForChildren({ hostname, port }, context);
  const pool = new ProcessPool({ module: import.meta.url, processes, maxConnections }, listener);
  return serverHandle(listener, pool.allExited(), () => pool.finish());
}

// The same file is the processes' program.
processMain(import.meta, async ({ context, listener, maxConnections, finishing }) => {
  const acceptor = new Acceptor(listener, maxConnections, context);
  const selector = new Selector();
  finishing.then(() => {
    acceptor.close();
    selector.stop();
  });

  // [1] Where accept blocks.
  // In every process at once, in the wait of its event loop.
  // [2] Who takes the connection.
  // The process that is first; the others wait on.
  selector.watchListener(acceptor);

  // [3] Who holds connfd.
  // [4] Who reads, works and writes.
  await eventLoop(selector, context);

  // [5] What a new connect meets meanwhile.
  // A process whose loop is not busy, if there is one.
});
