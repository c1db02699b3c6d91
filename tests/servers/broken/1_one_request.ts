/**
 * Pretends to be lesson 1. Wrong: it closes the connection after the first request.
 *
 * People know servers from HTTP/1.0, or write `read` where a loop around it belongs.
 *
 * Loses 1.P1: client 1 asked again|client 2 before its turn
 * Loses 1.C2: \d+ are in the accept queue
 * Loses 1.C3: the other client spoke while the deaf one did not read: it got "\+PONG"
 * Loses 1.R1: the server closed the connection
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { acceptEach, listen, type Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  const server = listen(options);
  return {
    finished: acceptEach(server, async (connection) => {
      let request = connection.nextRequest();
      while (request === undefined && await connection.read()) request = connection.nextRequest();
      if (request !== undefined) {
        connection.reply(server.context.business.run(request, connection.id));
      }
      await connection.write();
      connection.closeNow();
    }),
  };
}
