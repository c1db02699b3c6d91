/** A server that does not end when it is asked to is ended all the same. */
import { assertEquals } from "@std/assert";
import { LessonServer } from "./lesson_process.ts";
import { Program } from "./program.ts";

/** Windows has no signals to send. */
const ignore = Deno.build.os === "windows";

/** A lesson whose server never finishes, given on standard input. */
async function startStuck(afterListening: string): Promise<Program> {
  const program = Program.start(
    ["run", "--no-prompt", "--allow-net=127.0.0.1", "--allow-read", "-", "--port", "0"],
    "piped",
  );
  const writer = program.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`
    import { serve } from "./models/3_io_multiplexing.ts";
    import { runLesson } from "./lessons/tools/run_lesson.ts";
    await runLesson(3, (options) => {
      const server = serve(options);
      ${afterListening}
      return { ...server, shutdown: () => new Promise(() => {}) };
    }, []);
  `));
  await writer.close();
  return program;
}

Deno.test({
  name: "a server that does not finish is cut off, and says so",
  ignore,
  async fn() {
    const server = await LessonServer.ready(await startStuck(""));
    const { code, signal, stderr } = await server.stop();
    assertEquals({ code, signal }, { code: 0, signal: null });
    assertEquals(stderr, "not finished in time, cut off: 0 connections, 1 thread\n");
  },
});

Deno.test({
  name: "a second Ctrl-C ends even a main thread that spins",
  ignore,
  async fn() {
    const program = await startStuck(
      `setTimeout(() => { console.log("spinning"); for (;;); });`,
    );
    await program.stdout.until(/spinning\n/);
    // Again and again, since one that comes at once is taken for the same Ctrl-C.
    const pressing = setInterval(() => program.signal("SIGINT"), 100);
    const { signal } = await program.ended;
    clearInterval(pressing);
    assertEquals(signal, "SIGINT");
  },
});
