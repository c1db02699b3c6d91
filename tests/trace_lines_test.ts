/** `--trace json`: one JSON object a line, in an order that can have been, from the right threads. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { LESSONS } from "../lessons/tools/lesson_flags.ts";
import { LessonServer, Program, taskArguments } from "./lesson_process.ts";

interface Line {
  us: number;
  thread: string;
  event: string;
  connection: number;
  detail: string;
}

/** Serves one client's ECHO and its close; returns the lines of the trace. */
async function traceOfOneEcho(lesson: number): Promise<Line[]> {
  const task = `lesson${lesson}` as "lesson1";
  const program = Program.start(taskArguments(task, ["--port", "0", "--trace", "json"]));
  const [, text] = await program.stdout.until(/"event":"listen","connection":0,"detail":"(.*)"/);
  const [hostname, port] = text.split(":");
  using conn = await Deno.connect({ hostname, port: Number(port) });
  await conn.write(new TextEncoder().encode("ECHO hi\r\n"));
  await conn.read(new Uint8Array(64));
  await conn.closeWrite();
  await program.stdout.until(/"event":"close","connection":1/);
  const { stderr, stdout } = await new LessonServer(program, Number(port)).stop();
  assertMatch(stderr, new RegExp(`^listening on ${text}\n`));
  return stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** What happens to the one connection, and where, in each model. */
const STEPS: Record<number, string[]> = {
  1: [
    "main accept",
    "main read",
    "main start",
    "main finish",
    "main write",
    "main read",
    "main close",
  ],
  2: [
    "main accept",
    "thread-1 read",
    "thread-1 start",
    "thread-1 finish",
    "thread-1 write",
    "thread-1 read",
    "thread-1 close",
  ],
  3: [
    "main accept",
    "main read",
    "main start",
    "main finish",
    "main write",
    "main read",
    "main close",
  ],
  4: [
    "main accept",
    "main read",
    "main queue",
    "worker start",
    "worker finish",
    "main write",
    "main read",
    "main close",
  ],
  5: [
    "main accept",
    "io-1 read",
    "io-1 start",
    "io-1 finish",
    "io-1 write",
    "io-1 read",
    "io-1 close",
  ],
  6: [
    "process accept",
    "process read",
    "process start",
    "process finish",
    "process write",
    "process read",
    "process close",
  ],
  7: [
    "main accept",
    "watch-1 read",
    "event-1 read",
    "event-1 start",
    "event-1 finish",
    "event-1 write",
    "watch-1 read",
    "watch-1 close",
  ],
};

for (const lesson of LESSONS) {
  Deno.test(`lesson ${lesson} traces one request as it goes from thread to thread`, async () => {
    const lines = await traceOfOneEcho(lesson);
    for (const line of lines) {
      assertEquals(Object.keys(line), ["us", "thread", "event", "connection", "detail"]);
      assert(Number.isInteger(line.us) && line.us >= 0);
    }
    assertEquals(lines[0].event, "listen");
    const steps = lines.filter(({ connection }) => connection === 1)
      .map(({ thread, event }) => [thread, event]);
    // Which worker, or which process, is theirs to settle; but it is one.
    const one = steps.map(([thread]) => thread).find((name) => /^(worker|process)-/.test(name));
    const alike = steps.map(([thread, event]) =>
      `${thread === one ? thread.replace(/-\d+$/, "") : thread} ${event}`
    );
    assertEquals(alike, STEPS[lesson]);
    for (const thread of new Set(lines.map((line) => line.thread))) {
      const times = lines.filter((line) => line.thread === thread).map((line) => line.us);
      assertEquals(times, times.toSorted((a, b) => a - b), `the clock of ${thread} goes backwards`);
    }
  });
}

Deno.test("lesson 2 traces a thread's start and exit on that thread", async () => {
  const lines = await traceOfOneEcho(2);
  const events = lines.filter(({ thread }) => thread === "thread-1").map(({ event }) => event);
  assertEquals(events[0], "thread-start");
  assertEquals(events.at(-1), "thread-exit");
});
