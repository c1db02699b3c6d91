/**
 * Pretends to be lesson 4. Wrong: it gives all requests of a connection to the pool at once, and writes
 * the replies as they come.
 *
 * People think of requests as independent. Those of one connection are not: nothing in a reply says
 * which request it is for but its place.
 *
 * Loses 4.R1: neither can be answered yet|several requests in one packet: .*in the order|reply \d of 4 .* is|it got "second"
 */
import type { Connection } from "../../../models/parts/connection.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import { serveModel4, startPool } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel4(options, (loop) => {
    const pool = startPool(loop, options.workers);
    const inHand = new Map<Connection, number>();
    return {
      pool,
      readable(connection) {
        const requests = [...connection.requests()];
        inHand.set(connection, requests.length);
        for (const request of requests) pool.submit(connection, request);
        if (requests.length === 0) loop.selector.write(connection);
      },
      message({ connection, reply }) {
        connection.reply(reply);
        const left = inHand.get(connection)! - 1;
        inHand.set(connection, left);
        if (left === 0) loop.selector.write(connection);
        else connection.write();
      },
    };
  });
}
