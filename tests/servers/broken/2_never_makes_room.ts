/**
 * Pretends to be lesson 2. Wrong: a connection that has ended is still counted.
 *
 * People count at accept, where they see it happen, and forget that somebody has to count down when a
 * thread ends. It shows when so many clients have come, one after the other, as may come at once.
 *
 * Loses 2.C2: later client 1, .*: it got "-ERR max number of clients reached"
 */
import { Acceptor } from "../../../models/parts/accept.ts";
import { listenForHandover } from "../../../models/parts/handover.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import { ServerContext } from "../../../models/parts/server_context.ts";
import { acceptForThreads, type Running, threadFor } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  const { hostname = "127.0.0.1", port = 0, maxConnections = 100 } = options;
  const context = ServerContext.forMain("broken", {}, options);
  const listener = listenForHandover({ hostname, port }, "auto");
  const acceptor = new Acceptor(listener, maxConnections, context);
  return {
    finished: acceptForThreads({ acceptor, context }, (accepted, context) => {
      threadFor(accepted, context);
    }),
  };
}
