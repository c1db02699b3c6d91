/** Threads that spin, all that there are, and the signal to stop: the server ends by itself. */
import { assert, assertEquals } from "@std/assert";
import { LESSONS } from "../../lessons/catalogue.ts";
import { SIZES } from "../../models/parts/sizes.ts";
import { LessonServer } from "../of_lessons/lesson_process.ts";

/** As long as business may compute: half a minute and more. */
const LONGEST = "FIB 45";
const LET_GO = "-ERR server is shutting down\r\n";
/** So many threads, or processes, where that can be said. */
const FEW = 2;
/** Windows has no signals to send. */
const ignore = Deno.build.os === "windows";

for (const { number, sizes, works } of LESSONS) {
  Deno.test({
    name: `lesson ${number} ends by itself though every thread spins, and each gets an error`,
    ignore,
    async fn() {
      const flags = Object.values(sizes).flatMap((size) => [`--${SIZES[size].flag}`, `${FEW}`]);
      const server = await LessonServer.start(number, flags);
      const busy = works === "main" ? 1 : FEW;
      const clients = [];
      for (let spinning = 1; spinning <= busy; spinning++) {
        clients.push(await server.talk(`${LONGEST}\r\n`));
        await server.program.stdout.until(new RegExp(`( start +${LONGEST}[^]*){${spinning}}`));
      }
      // Nobody has time for one more; where a client gets a thread of its own, they are all that there are.
      const more = works === "thread" ? [] : [await server.talk(`${LONGEST}\r\n`)];
      const { code, signal, stderr } = await server.stop();
      assertEquals({ code, signal, stderr }, { code: 0, signal: null, stderr: "" });
      for (const client of clients) assertEquals(await client.received, LET_GO);
      for (const client of more) assert(["", LET_GO].includes(await client.received));
    },
  });
}
