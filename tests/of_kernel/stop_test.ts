/**
 * On the kernel floor a blocked thread hears no message; it ends all the same, and in time: what takes
 * longer than 1.8 s is cut off, and that would stand on standard error.
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { NUMBERS } from "../../lessons/catalogue.ts";
import { kernelFloorExists } from "../../models/parts/kernel/libc.ts";
import { LessonServer, taskArguments } from "../of_lessons/lesson_process.ts";
import { Program } from "../of_lessons/program.ts";

const ignore = !kernelFloorExists();
const why = ignore ? " (not run: there is no kernel floor here)" : "";

function start(lesson: number, flags: readonly string[]): Program {
  return Program.start(taskArguments(`lesson${lesson}:kernel` as "lesson1:kernel", flags));
}

for (const lesson of NUMBERS) {
  Deno.test({
    name: `lesson ${lesson}, kernel: ends with SIGTERM while it waits for clients${why}`,
    ignore,
    async fn() {
      const server = await LessonServer.ready(start(lesson, ["--port", "0"]));
      const asking = await server.talk("PING\r\n");
      await server.program.stdout.until(/ write +7 bytes\n/);
      const silent = await server.talk("");
      const { code, stdout, stderr } = await server.stop();
      assertEquals({ code, stderr }, { code: 0, stderr: "" });
      assertMatch(stdout, /\nstopped: \d connections?, 1 command\n$/);
      assertEquals(await asking.received, "+PONG\r\n");
      assertEquals(await silent.received, "");
    },
  });
}

Deno.test({
  name: `kernel: a stop wakes business that sleeps, and answers it${why}`,
  ignore,
  async fn() {
    await Promise.all([1, 2, 3].map(async (lesson) => {
      const server = await LessonServer.ready(start(lesson, ["--port", "0"]));
      const client = await server.talk("SLEEP 60000\r\n");
      await server.program.stdout.until(/ start +SLEEP 60000\b/);
      const { code, stderr } = await server.stop();
      assertEquals({ code, stderr }, { code: 0, stderr: "" });
      assertEquals(await client.received, "+OK\r\n");
    }));
  },
});

Deno.test({
  name: `kernel: without the permission one line says what to type${why}`,
  ignore,
  async fn() {
    const { code, stdout, stderr } = await Program.start(
      taskArguments("lesson3", ["--io", "kernel"]),
    ).ended;
    assertEquals({ code, stdout }, { code: 2, stdout: "" });
    assertMatch(stderr, /^--io kernel takes .* lesson3:kernel\n$/);
  },
});

Deno.test("kernel: an exercise may not call C, whatever the task may", async () => {
  const { code, stderr } = await start(3, ["--exercise"]).ended;
  assertEquals(code, 2);
  assertStringIncludes(stderr, "--io kernel is for the models");
  assertEquals(stderr.split("\n").length, 2);
});
