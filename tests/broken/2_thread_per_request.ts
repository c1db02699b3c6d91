/**
 * Pretends to be lesson 2. Wrong: it starts a thread for each request, and not for each connection.
 *
 * People read 'one thread for each client' as one for each thing that a client wants. A client that
 * says nothing then costs nothing, and one that asks a lot pays for a thread each time.
 *
 * Loses 2.P2: client 1's first request was done by thread \d+, its second by \d+
 * Loses 2.C1: 20 clients cost \d threads
 * Loses 2.C2: 6 idle clients keep \d threads
 * Loses 2.C3: 5 short connections had [01] threads
 */
import type { Connection } from "../../models/parts/connection.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import type { Reply, Request } from "../../models/parts/protocol.ts";
import { startThread, threadMain } from "../../models/parts/thread.ts";
import type { Done } from "../../models/parts/worker_pool.ts";
import { Loop, poolHandlers, type Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop<Done<Connection>>(
    options,
    (loop) => poolHandlers(loop, { submit }),
  );
  let count = 0;
  function submit(connection: Connection, request: Request) {
    const { port1, port2: port } = new MessageChannel();
    port1.onmessage = ({ data: reply }: MessageEvent<Reply>) => {
      loop.selector.post({ connection, reply });
      port1.close();
    };
    const name = `thread-${++count}`;
    startThread(import.meta.url, name, loop.context, { request, port } satisfies Init, [port]);
  }
  return { finished: loop.run() };
}

interface Init {
  readonly request: Request;
  readonly port: MessagePort;
}

threadMain<Init>(import.meta, (context, { request, port }) => {
  port.postMessage(context.business.run(request, 0));
});
