/** Ctrl-C and SIGTERM end a lesson's server, whatever its threads are doing. */
import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { NUMBERS } from "../../lessons/catalogue.ts";
import { type Ended, Program } from "./program.ts";
import { LessonServer } from "./lesson_process.ts";

/** Windows has no signals to send; there a program is ended from its own terminal. */
const ignore = Deno.build.os === "windows";

/**
 * The server ended by itself: code 0, and not a word on standard error, where it would say that it
 * had to cut something off.
 */
function assertEndedWell({ code, signal, stdout, stderr }: Ended): void {
  assertEquals({ code, signal, stderr }, { code: 0, signal: null, stderr: "" });
  assertMatch(stdout, /\nstopped: \d+ connections?, \d+ commands?\n$/);
}

/** A command that takes a minute, or as good as, and what its client gets at shutdown. */
const SLEEP = { text: "SLEEP 60000\r\n", reply: "+OK\r\n" };
const FIB = { text: "FIB 45\r\n", reply: "-ERR server is shutting down\r\n" };

/** Sends a long command; when it returns, a thread is at it. */
async function keepBusy(server: LessonServer, { text }: { text: string }) {
  const client = await server.talk(text);
  await server.program.stdout.until(new RegExp(` start +${text.trim()}(,.*)?\n`));
  return client;
}

for (const lesson of NUMBERS) {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.test({
      name: `lesson ${lesson} ends with ${signal} when idle, with and without a client`,
      ignore,
      async fn() {
        const server = await LessonServer.start(lesson);
        assertEndedWell(await server.stop(signal));
        const visited = await LessonServer.start(lesson);
        const client = await visited.talk("PING\r\n");
        await visited.program.stdout.until(/ write +7 bytes\n/);
        assertEndedWell(await visited.stop(signal));
        assertEquals(await client.received, "+PONG\r\n");
      },
    });

    for (const command of [SLEEP, FIB]) {
      Deno.test({
        name: `lesson ${lesson} ends with ${signal} in ${command.text.trim()}, which is answered`,
        ignore,
        async fn() {
          const server = await LessonServer.start(lesson);
          const client = await keepBusy(server, command);
          assertEndedWell(await server.stop(signal));
          assertEquals(await client.received, command.reply);
        },
      });
    }
  }

  Deno.test({
    name: `lesson ${lesson} ends with SIGINT while five clients are connected`,
    ignore,
    async fn() {
      const server = await LessonServer.start(lesson);
      const busy = await keepBusy(server, SLEEP);
      const others = await Promise.all(
        ["", "SLEEP 60000\r\n", "FIB 45\r\n", "PING\r\n"].map((text) => server.talk(text)),
      );
      assertEndedWell(await server.stop("SIGINT"));
      assertEquals(await busy.received, SLEEP.reply);
      // Those that were still in the accept queue get nothing; none is left waiting.
      await Promise.all(others.map((client) => client.received));
    },
  });
}

Deno.test({
  name: "a signal to `deno task` reaches the server, and none is left behind",
  ignore,
  async fn() {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const task = Program.start(["task", "--quiet", "lesson1", "--port", "0"]);
      const server = await LessonServer.ready(task);
      const client = await keepBusy(server, SLEEP);
      assertEndedWell(await server.stop(signal));
      assertEquals(await client.received, SLEEP.reply);
      await assertRejects(() => server.talk(""), Deno.errors.ConnectionRefused);
    }
  },
});

Deno.test({
  name: "Ctrl-C in a terminal comes twice through `deno task`, and still finishes the replies",
  ignore,
  async fn() {
    const task = Program.start(["task", "--quiet", "lesson3", "--port", "0"]);
    const server = await LessonServer.ready(task);
    const pid = Number(/pid:(\d+)/.exec(await server.ask("INFO"))?.[1]);
    const client = await keepBusy(server, SLEEP);
    Deno.kill(pid, "SIGINT");
    assertEndedWell(await server.stop("SIGINT"));
    assertEquals(await client.received, SLEEP.reply);
  },
});
