/**
 * Pretends to be lesson 3. Wrong: the loop waits until a reply is written.
 *
 * People write `await connection.write()` in the loop, or call a blocking `write` in C. It always
 * returns at once, until a client does not read: then everybody waits for that one.
 *
 * Loses 3.P1: client \d beside 19 others: nothing comes
 */
import type { ServeOptions } from "../../models/parts/options.ts";
import { Loop } from "./loop.ts";
import type { Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop(options, (loop) => ({
    readable: async (connection) => {
      for (const request of connection.requests()) loop.answer(connection, request);
      await connection.write();
      loop.readOrClose(connection);
    },
  }));
  return { finished: loop.run() };
}
