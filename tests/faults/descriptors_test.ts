/**
 * Few descriptors (`ulimit -n`), and more clients than fit: the server has said how many it has room
 * for, the others are told so, and whoever comes when they have left is served. No listener is deaf.
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { LESSONS } from "../../lessons/catalogue.ts";
import { expectNoRoom, LimitedServer, SAID, untilServed } from "./limited_server.ts";

const TOO_MANY = "-ERR max number of clients reached\r\n";
/** Windows and macOS have other limits, and other ways to set them. */
const ignore = Deno.build.os !== "linux";
/** Limits, and so many clients more than the limit. */
const LIMITS = [64, 256, 1024], MORE = 76;
/**
 * The usual limit in containers. Model 1's clients wait in its accept queue, which has no room for so
 * many; model 2 has its 100 threads there as anywhere.
 */
const WITH_1024 = [3, 4, 5, 6, 7];
/** Where each request costs a thread, one client of so many asks; the others only stay. */
const ONE_OF = 8;

for (const lesson of LESSONS) {
  for (const limit of LIMITS) {
    if (limit === 1024 && !WITH_1024.includes(lesson.number)) continue;
    Deno.test({
      name:
        `lesson ${lesson.number}, ulimit -n ${limit}: clients beyond the room are told so, and later ones served`,
      ignore,
      async fn() {
        const server = await LimitedServer.start(lesson, limit);
        if (!(server instanceof LimitedServer)) {
          assert(limit <= 64, server.stderr);
          return expectNoRoom(server);
        }
        const clients: Awaited<ReturnType<LimitedServer["client"]>>[] = [];
        const silent: Deno.TcpConn[] = [];
        for (let i = 0; i < limit + MORE; i++) {
          if (lesson.works === "event" && i % ONE_OF > 0) silent.push(await server.connect());
          else clients.push(await server.client(!lesson.serial || i === 0));
        }
        const replies = await Promise.all(clients.map(async ({ conn, got }) => {
          // In model 1 each waits until the one in front of it has left.
          const reply = await got;
          if (lesson.serial) conn.close();
          return reply;
        }));
        const refused = replies.filter((reply) => reply === TOO_MANY).length;
        const served = replies.filter((reply) => reply === "+PONG\r\n").length;
        assertEquals(served + refused, replies.length, `${served} served, ${refused} refused`);
        assert(served > 0);
        if (!lesson.serial) { for (const { conn } of clients) conn.close(); }
        for (const conn of silent) conn.close();
        await untilServed(server);
        const said = await server.stop();
        assertMatch(said, SAID);
      },
    });
  }
}
