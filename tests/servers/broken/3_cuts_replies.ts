/**
 * Pretends to be lesson 3. Wrong: it takes for granted that a write takes all it is given.
 *
 * People do not look at what `write` returns. It is all of it, until a reply is large and the client
 * slow; then the rest is lost, and the client waits for it, or takes the next reply for it.
 *
 * Loses 3.R1: large replies to a client that reads late: .* asked for \d+ bytes and got \d+
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { serveModel3 } from "./shared/loop.ts";
import { type Running, withSocket } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel3(options, () => ({
    accepted: (accepted) =>
      withSocket(accepted, (socket) => ({
        write: async (bytes) => {
          await socket.write(bytes);
          return bytes.length;
        },
      })),
  }));
}
