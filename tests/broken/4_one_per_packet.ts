/**
 * Pretends to be lesson 4. Wrong: of the requests that came in one packet it does the first only.
 *
 * People take one request when bytes have come, which is right here, and then wait for more bytes. The
 * second request is there already, and no bytes will tell.
 *
 * Loses 4.R1: several requests in one packet: reply 2 of 4 .* it has read all that came, and sent nothing
 */
import type { Connection } from "../../models/parts/connection.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import type { Done } from "../../models/parts/worker_pool.ts";
import { Loop, poolHandlers, startPool } from "./loop.ts";
import type { Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop<Done<Connection>>(options, (loop) => ({
    ...poolHandlers(loop, startPool(loop, options.workers)),
    written: (connection) => loop.readOrClose(connection),
  }));
  return { finished: loop.run() };
}
