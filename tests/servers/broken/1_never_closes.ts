/**
 * Pretends to be lesson 1. Wrong: it does not close a connection that the client has ended.
 *
 * People forget the last line, because the server goes on as if nothing were missing. A client that
 * waits for the close, as many do after their last request, waits for ever.
 *
 * Loses 1.R1: the server's close( after QUIT)?: nothing comes
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { acceptEach, listen, type Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  const server = listen(options);
  return {
    finished: acceptEach(server, async (connection) => {
      while (await connection.read()) {
        for (const request of connection.requests()) {
          connection.reply(server.context.business.run(request, connection.id));
        }
        await connection.write();
      }
    }),
  };
}
