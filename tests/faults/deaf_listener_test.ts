/**
 * All descriptors are used up in the middle of accepting: a server that was stopped finds its accept
 * queue full, of more clients than it has descriptors. When they have left it accepts again.
 */
import { LESSONS } from "../../lessons/catalogue.ts";
import { within } from "../of_parts/helpers.ts";
import { expectNoRoom, LimitedServer, pingOrEnd, untilServed } from "./limited_server.ts";

/** Of descriptors; and of clients, fewer than the accept queue has room for. */
const LIMIT = 128, CLIENTS = 300;

for (const lesson of LESSONS) {
  Deno.test({
    name: `lesson ${lesson.number} accepts again after a burst that took all descriptors`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      const server = await LimitedServer.start(lesson, LIMIT);
      if (!(server instanceof LimitedServer)) return expectNoRoom(server);
      server.child.kill("SIGSTOP");
      // The kernel connects them, though nobody accepts.
      const clients = await within(
        Promise.all(Array.from({ length: CLIENTS }, () => server.connect())),
        "the accept queue",
      );
      server.child.kill("SIGCONT");
      await pingOrEnd(clients[0]);
      for (const conn of clients) conn.close();
      await untilServed(server);
      await server.stop();
    },
  });
}
