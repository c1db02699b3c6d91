/**
 * Pretends to be lesson 3. Wrong: SLEEP sets a timer, and does not block.
 *
 * People make the slow request asynchronous without a thought, because in JavaScript that is how one
 * waits. It is what business that can be split up should do, and it hides what the lesson shows.
 *
 * Loses 3.C1: [123] of 3 requests were answered while one was under way
 * Loses 3.C2: 4 requests of \d+ ms together took \d+ ms
 * Loses 3.C3: 0 are in the accept queue
 * Loses 3.R1: each command, right and wrong, and QUIT: "SLEEP
 */
import type { ServeOptions } from "../../../models/parts/options.ts";
import { simpleString } from "../../../models/parts/protocol/protocol.ts";
import { serveModel4 } from "./shared/loop.ts";
import type { Running } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel4(options, ({ selector, context }) => ({
    pool: {
      submit(connection, request) {
        const sleeps = request.name === "SLEEP";
        const ms = sleeps ? Number(new TextDecoder().decode(request.words[1])) : 0;
        const reply = ms > 0 ? simpleString("OK") : context.business.run(request, connection.id);
        setTimeout(() => selector.post({ connection, reply }), ms);
      },
    },
  }));
}
