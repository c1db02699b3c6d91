/**
 * Model 5: N threads that each multiplex (单线程 Accept + 多线程多路 I/O 复用，链接线程池).
 *
 * The main thread only accepts, and gives each connection to one of N threads that were started
 * beforehand. Each of them runs model 3's event loop, the same code, on the connections it has. So N
 * requests are read, worked on and written at once; clients of one thread delay each other.
 */
import { eventLoop } from "./3_io_multiplexing.ts";
import { Acceptor } from "./parts/accept.ts";
import { listenForHandover } from "./parts/handover.ts";
import { ioThreadMain } from "./parts/io_thread_program.ts";
import { IoThreads } from "./parts/io_threads.ts";
import type { ServeOptions, Server } from "./parts/options.ts";
import { serverHandle } from "./parts/server.ts";
import { ServerContext } from "./parts/server_context.ts";
import { DEFAULTS } from "./parts/sizes.ts";

/** Starts the server. Throws `RangeError` for bad options, and what `Deno.listen` throws. */
export function serve(options: ServeOptions = {}): Server {
  const { hostname = "127.0.0.1", port = 0, maxConnections = DEFAULTS.maxConnections } = options;
  const { threads = DEFAULTS.threads } = options;
  const context = ServerContext.forMain("io-thread-pool", { io_threads: threads }, options);
  const listener = listenForHandover({ hostname, port }, options.handover ?? "auto", context);
  const cost = { besides: threads * context.threadDescriptors };
  const acceptor = new Acceptor(listener, maxConnections, context, cost);
  const ioThreads = new IoThreads(import.meta.url, threads, context);

  async function mainThread(): Promise<void> {
    for (;;) {
      // [1] Where accept blocks.
      // [2] Who takes the connection.
      const accepted = await acceptor.accept();
      if (accepted === undefined) return ioThreads.allExited();

      // [3] Who holds connfd.
      ioThreads.give(accepted);

      // [5] What a new connect meets meanwhile.
      // The main thread is back at [1] at once, whatever the threads do.
    }
  }

  return serverHandle(acceptor, mainThread(), () => ioThreads.finish());
}

// The same file is the threads' program.
// [4] Who reads, works and writes.
ioThreadMain(import.meta, eventLoop);
