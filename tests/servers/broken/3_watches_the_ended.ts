/**
 * Pretends to be lesson 3. Wrong: it goes on watching a connection that the client has closed.
 *
 * People do not look for the end, a read of 0 bytes. To the system an ended connection can always be
 * read, so the loop goes round and round; and then they slow it down by a pause.
 *
 * Loses 3.P3: with 20 idle clients, and one that has closed, the server used .* woke \d\d+ times
 * Loses 3.R1: the server's close( after QUIT)?: nothing comes
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { serveModel3 } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

const PAUSE_MS = 2;

export function serve(options: ServeOptions): Running {
  return serveModel3(options, ({ selector }) => ({
    written: (connection) => {
      if (connection.ended) setTimeout(() => selector.read(connection), PAUSE_MS);
      else selector.read(connection);
    },
  }));
}
