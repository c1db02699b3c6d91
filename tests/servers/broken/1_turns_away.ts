/**
 * Pretends to be lesson 1. Wrong: while it serves a client it closes every other one.
 *
 * People take 'one client at a time' for a limit that has to be enforced. The kernel would have let
 * the others wait.
 *
 * Loses 1.P1: client 2 before its turn: the server closed the connection
 * Loses 1.C1: other clients sent PING while an idle one was connected: the server closed
 * Loses 1.C2: 0 are in the accept queue
 * Loses 1.C3: the other client spoke while the deaf one did not read: the server closed
 * Loses 1.R1: the server closed the connection
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { acceptEach, listen, type Running, serveWhole } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  const server = listen(options);
  let busy = false;
  return {
    finished: acceptEach(server, (connection) => {
      if (busy) return connection.closeNow();
      busy = true;
      serveWhole(connection, server.context).then(() => busy = false);
    }),
  };
}
