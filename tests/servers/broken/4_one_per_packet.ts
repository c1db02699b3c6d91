/**
 * Pretends to be lesson 4. Wrong: of the requests that came in one packet it does the first only.
 *
 * People take one request when bytes have come, which is right here, and then wait for more bytes. The
 * second request is there already, and no bytes will tell.
 *
 * Loses 4.R1: several requests in one packet: reply 2 of 4 .* it has read all that came.*, and sent nothing
 */
import type { Connection } from "../../../models/parts/connection.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import { serveModel4, startPool } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel4(options, (loop) => {
    const pool = startPool(loop, options.workers);
    const goOn = (connection: Connection) => {
      if (connection.ended) loop.selector.close(connection);
      else loop.selector.read(connection);
    };
    return {
      pool,
      readable: (connection) => {
        const request = connection.nextRequest();
        if (request === undefined) goOn(connection);
        else pool.submit(connection, request);
      },
      written: goOn,
    };
  });
}
