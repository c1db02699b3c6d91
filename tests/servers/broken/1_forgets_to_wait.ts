/**
 * Pretends to be lesson 1. Wrong: it accepts the next client while it serves one.
 *
 * People forget the `await` in front of the call that serves a connection. Everything works, even
 * better than it should, and so nobody notices that this is no longer the model.
 *
 * Loses 1.P1: client 3 before its turn|client 2 before its turn
 * Loses 1.C1: other clients sent PING while an idle one was connected: it got "\+PONG"
 * Loses 1.C2: 0 are in the accept queue
 * Loses 1.C3: the other client spoke while the deaf one did not read: it got "\+PONG"
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { acceptEach, listen, type Running, serveWhole } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  const server = listen(options);
  return {
    finished: acceptEach(server, (connection) => {
      serveWhole(connection, server.context);
    }),
  };
}
