/**
 * Pretends to be lesson 3. Wrong: SLEEP sets a timer, and does not block.
 *
 * People make the slow request asynchronous without a thought, because in JavaScript that is how one
 * waits. It is what business that can be split up should do, and it hides what the lesson shows.
 *
 * Loses 3.C1: a second request was answered while one was under way
 * Loses 3.C2: 4 requests of [14]00 ms took \d+ ms
 * Loses 3.C3: 0 are in the accept queue
 */
import type { Connection } from "../../models/parts/connection.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import { type Request, simpleString } from "../../models/parts/protocol.ts";
import type { Done } from "../../models/parts/worker_pool.ts";
import { Loop, poolHandlers } from "./loop.ts";
import type { Running } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop<Done<Connection>>(
    options,
    (loop) => poolHandlers(loop, { submit }),
  );
  function submit(connection: Connection, request: Request) {
    const ms = request.name === "SLEEP" ? Number(new TextDecoder().decode(request.words[1])) : 0;
    const reply = ms > 0 ? simpleString("OK") : loop.context.business.run(request, connection.id);
    setTimeout(() => loop.selector.post({ connection, reply }), ms);
  }
  return { finished: loop.run() };
}
