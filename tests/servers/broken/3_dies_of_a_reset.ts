/**
 * Pretends to be lesson 3. Wrong: a client that resets its connection ends the server.
 *
 * People handle the end of a connection, `read` returning 0, and not its failure. Their own clients
 * always close in an orderly way; those of the world do not.
 *
 * Loses 3.R1: (the server has ended|then the close)
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { serveModel3 } from "./shared/loop.ts";
import { type Running, withSocket } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel3(options, () => ({
    accepted: (accepted) =>
      withSocket(accepted, (socket) => ({
        read: (buffer) => {
          const reading = socket.read(buffer);
          // Nobody catches what this one rejects with, and Deno ends the process.
          reading.then(() => {});
          return reading;
        },
      })),
  }));
}
