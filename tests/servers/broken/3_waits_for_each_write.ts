/**
 * Pretends to be lesson 3. Wrong: the loop waits until a reply is written.
 *
 * People write `await connection.write()` in the loop, or call a blocking `write` in C. It always
 * returns at once, until a client does not read: then everybody waits for that one.
 *
 * Loses 3.P1: client \d beside 19 others: nothing comes
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { serveModel3 } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel3(options, ({ selector, context }) => ({
    readable: async (connection) => {
      for (const request of connection.requests()) {
        connection.reply(context.business.run(request, connection.id));
      }
      await connection.write();
      selector.write(connection);
    },
  }));
}
