/**
 * Pretends to be lesson 3. Wrong: it goes on watching a connection that the client has closed.
 *
 * People do not look for the end, a read of 0 bytes. To the system an ended connection can always be
 * read, so the loop never blocks again: from the first client that leaves on, a core is lost.
 *
 * Loses 3.P3: with 20 idle clients, and one that has closed, the server used \d+
 * Loses 3.R1: a request in many packets: .* nothing comes, and the server uses the CPU all the time
 */
import type { ServeOptions } from "../../models/parts/options.ts";
import { Loop } from "./loop.ts";
import type { Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop(options, (loop) => ({
    written: (connection) => loop.selector.read(connection),
  }));
  return { finished: loop.run() };
}
