/**
 * Pretends to be lesson 4. Wrong: what was asked before is answered by the loop out of a table.
 *
 * People put a cache in front of the work, and then measure the cache. As a server it is fine; of what
 * the workers can do at once it shows nothing.
 *
 * Loses 4.P2: with 10 requests under way, one more was answered
 * Loses 4.C3: with 10 requests under way, one more was answered
 */
import type { Connection } from "../../models/parts/connection.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import type { Reply } from "../../models/parts/protocol.ts";
import type { Done } from "../../models/parts/worker_pool.ts";
import { Loop, poolHandlers, startPool } from "./loop.ts";
import type { Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop<Done<Connection>>(options, (loop) => {
    const pool = startPool(loop, options.workers);
    const known = new Map<string, Reply>();
    const asked = new Map<Connection, string>();
    const handlers = poolHandlers(loop, {
      submit(connection, request) {
        const key = request.words.map((word) => new TextDecoder().decode(word)).join(" ");
        const reply = known.get(key);
        asked.set(connection, key);
        if (reply === undefined || request.name === "SLEEP") pool.submit(connection, request);
        else loop.selector.post({ connection, reply });
      },
    });
    return {
      ...handlers,
      message(done) {
        known.set(asked.get(done.connection)!, done.reply);
        handlers.message(done);
      },
    };
  });
  return { finished: loop.run() };
}
