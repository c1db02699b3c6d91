/**
 * Pretends to be lesson 3. Wrong: once a client is ready, the loop reads until a request is whole.
 *
 * People call something like `readLine` when `select` says that a socket is ready. It is ready for one
 * read only: a client that sends half a line stops the server.
 *
 * Loses 3.P1: client \d beside 19 others: nothing comes
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { serveModel3 } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel3(options, ({ selector, context }) => ({
    readable: async (connection) => {
      let request = connection.nextRequest();
      while (request === undefined && await connection.read()) request = connection.nextRequest();
      for (; request !== undefined; request = connection.nextRequest()) {
        connection.reply(context.business.run(request, connection.id));
      }
      selector.write(connection);
    },
  }));
}
