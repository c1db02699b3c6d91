/**
 * Pretends to be lesson 4. Wrong: a worker gets a connection, and keeps it until it closes.
 *
 * It is the first pool that people build, and right where a connection brings one request, as in many
 * a book. With clients that stay, as many idle ones as there are workers stop the server.
 *
 * Loses 4.P1: client \d sent PING: nothing comes
 * Loses 4.P2: (sleeper|client) \d+ sent PING: nothing comes
 * Loses 4.P3: client 9 sent PING: nothing comes
 * Loses 4.C1: client 5 sent PING: nothing comes
 * Loses 4.C2: thread \d+ reads, and the replies to 2 clients were written by \d+, \d+
 * Loses 4.C3: (sleeper|client) \d+ sent PING: nothing comes
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { acceptForThreads, listenForThreads, type Running } from "./shared/common.ts";
import { startReusable } from "./shared/reusable_threads.ts";

export function serve(options: ServeOptions): Running {
  const server = listenForThreads(options);
  const idle = Array.from(
    { length: options.workers ?? 4 },
    (_, i) => startReusable(`worker-${i + 1}`, server.context),
  );
  let wake = () => {};
  return {
    finished: acceptForThreads(server, async (accepted) => {
      while (idle.length === 0) await new Promise<void>((resolve) => wake = resolve);
      const worker = idle.pop()!;
      worker.serve(accepted).then(() => {
        idle.push(worker);
        wake();
      });
    }),
  };
}
