/** `--trace json`: one JSON object a line, in an order that can have been, from the right threads. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { type Lesson, LESSONS } from "../../lessons/catalogue.ts";
import { LessonServer, taskArguments } from "./lesson_process.ts";
import { Program } from "./program.ts";

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
  const [, text] = await program.stdout.until(/"event":"listen","connection":0,"detail":"([^"]*)"/);
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
function stepsOf({ accepts, watches, serves, works, sizes }: Lesson): string[] {
  return [
    `${accepts} accept`,
    // To one of those that were there before.
    ...Object.values(sizes).includes("threads") ? [`${accepts} give`] : [],
    `${watches} read`,
    // Who only watches has read no more than it had to.
    ...serves === watches ? [] : [`${serves} read`],
    ...works === serves ? [] : [`${serves} queue`],
    `${works} start`,
    `${works} finish`,
    `${serves} write`,
    `${watches} read`,
    `${watches} close`,
  ];
}

for (const row of LESSONS) {
  const lesson = row.number;

  Deno.test(`lesson ${lesson} traces one request as it goes from thread to thread`, async () => {
    const lines = await traceOfOneEcho(lesson);
    for (const line of lines) {
      const zero = line.event === "listen" ? ["startedAtMs"] : [];
      assertEquals(Object.keys(line), ["us", "thread", "event", "connection", "detail", ...zero]);
      assert(Number.isInteger(line.us) && line.us >= 0);
    }
    assertEquals(lines[0].event, "listen");
    const steps = lines.filter(({ connection }) => connection === 1)
      .map(({ thread, event }) => [thread, event]);
    // Which of several it is, is theirs to settle; but of each kind it is one.
    const names = new Set(steps.map(([thread]) => thread));
    const kinds = [...names].map((name) => name.replace(/-\d+$/, ""));
    assertEquals(kinds.length, new Set(kinds).size, `${[...names]}`);
    const alike = steps.map(([thread, event]) => `${thread.replace(/-\d+$/, "")} ${event}`);
    assertEquals(alike, stepsOf(row));
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
