/**
 * Pretends to be lesson 4. Wrong: what was asked before is answered by the loop out of a table.
 *
 * People put a cache in front of the work, and then measure the cache. As a server it is fine; of what
 * the workers can do at once it shows nothing.
 *
 * Loses 4.P2: with \d+ requests under way, one more was answered
 * Loses 4.C3: with \d+ requests under way, one more was answered
 */
import type { Connection } from "../../../models/parts/connection.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import type { Reply } from "../../../models/parts/protocol/protocol.ts";
import { serveModel4, startPool } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel4(options, (loop) => {
    const known = new Map<string, Reply>();
    const asked = new Map<Connection, string>();
    const pool = startPool(loop, options.workers, (done) => {
      known.set(asked.get(done.connection)!, done.reply);
      loop.selector.post(done);
    });
    return {
      pool: {
        submit(connection, ...requests) {
          const words = requests.flatMap(({ words }) => words);
          const key = words.map((word) => new TextDecoder().decode(word)).join(" ");
          const reply = known.get(key);
          asked.set(connection, key);
          if (reply === undefined || requests[0].name === "SLEEP") {
            pool.submit(connection, ...requests);
          } else loop.selector.post({ connection, reply });
        },
      },
    };
  });
}
