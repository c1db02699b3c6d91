/**
 * Pretends to be lesson 3. Wrong: a client that resets its connection ends the server.
 *
 * People handle the end of a connection, `read` returning 0, and not its failure. Their own clients
 * always close in an orderly way; those of the world do not.
 *
 * Loses 3.R1: after a reset in mid-request: the server has ended
 */
import { openConnection } from "../../models/parts/accept.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import { Loop } from "./loop.ts";
import { type Running, withSocket } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop(options, (loop) => ({
    accepted: (accepted) =>
      openConnection(
        withSocket(accepted, (socket) => ({
          read: (buffer) => {
            const reading = socket.read(buffer);
            // Nobody catches what this one rejects with, and Deno ends the process.
            reading.then(() => {});
            return reading;
          },
        })),
        loop.context,
      ),
  }));
  return { finished: loop.run() };
}
