/**
 * Pretends to be lesson 3. Wrong: a connection that has got its reply is not read again.
 *
 * People watch a connection once, when it is accepted, and think that it is watched from then on. Every
 * client's first request is answered, so a short look with a client does not show it.
 *
 * Loses 3.P1: client \d beside 19 others: nothing comes, and the server waits; 14 bytes .* lie unread
 * Loses 3.C1: client \d sent another PING: nothing comes, and the server waits; 14 bytes .* lie unread
 * Loses 3.C2: client \d sent another PING: nothing comes, and the server waits; 14 bytes .* lie unread
 * Loses 3.C3: client \d sent another PING: nothing comes, and the server waits; 14 bytes .* lie unread
 * Loses 3.R1: nothing comes, and the server waits; \d+ bytes .* lie unread
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { serveModel3 } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel3(options, ({ selector }) => ({
    written: (connection) => {
      if (connection.ended) selector.close(connection);
    },
  }));
}
