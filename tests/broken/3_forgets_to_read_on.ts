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
 * Loses 3.R1: a request in many packets: .* nothing comes, and the server waits; \d+ bytes .* lie unread
 */
import type { ServeOptions } from "../../models/parts/options.ts";
import { Loop } from "./loop.ts";
import type { Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop(options, (loop) => ({
    written: (connection) => {
      if (connection.ended) loop.selector.close(connection);
    },
  }));
  return { finished: loop.run() };
}
