/** What `deno task lesson1` and the others say, and that they begin and end as they should. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { greeting } from "../../lessons/tools/greeting.ts";
import { lessonOf, NUMBERS } from "../../lessons/catalogue.ts";
import { assertNarrow, LessonServer, runLesson, taskArguments } from "./lesson_process.ts";
import { type Ended, ROOT } from "./program.ts";

/** Windows has no signals to send; there a program is ended from its own terminal. */
const NO_SIGNALS = Deno.build.os === "windows";

function assertEndedWell({ code, signal, stderr }: Ended): void {
  assertEquals({ code, signal, stderr }, { code: 0, signal: null, stderr: "" });
}

for (const lesson of NUMBERS) {
  Deno.test(`lesson ${lesson} says where it listens, what to type, and what happens`, async () => {
    const server = await LessonServer.start(lesson);
    assertStringIncludes(await server.ask("PING"), "+PONG");
    await server.program.stdout.until(/#1 +close/);
    const ended = await server.stop();
    if (NO_SIGNALS) return;
    assertEndedWell(ended);
    const [first, ...rest] = ended.stdout.split("\n");
    assertEquals(first, `listening on 127.0.0.1:${server.port}`);
    const text = rest.join("\n");
    assertMatch(text, new RegExp(`deno task client ${lesson} --port ${server.port}\n`));
    assertMatch(
      text,
      new RegExp(`\\(nc 127.0.0.1 ${server.port} and redis-cli -p ${server.port} do`),
    );
    assertMatch(text, /type PING[^]*\n\n +0\.\d{6} +main +listen +127.0.0.1:\d+\n[^]* accept /);
    assertMatch(text, /\nstopped: 1 connection, 2 commands\n$/);
    assertNarrow(ended.stdout);
    assert(!ended.stdout.includes("\x1b"), "colours without a terminal");
  });
}

Deno.test("what to type has no --port when the port is the lesson's own", () => {
  const addr = { transport: "tcp", hostname: "0.0.0.0", port: 8003 } as const;
  const text = greeting({ lesson: lessonOf(3), title: "", file: "", tries: [["WHO", ""]] }, addr);
  assertMatch(text, /^listening on 0.0.0.0:8003\n/);
  assertStringIncludes(text, "deno task client 3 WHO");
  assertStringIncludes(text, "nc 127.0.0.1 8003");
});

Deno.test("what a lesson says first fits on 24 lines of 80, with deno task's own line", async () => {
  await Promise.all(NUMBERS.map(async (lesson) => {
    const server = await LessonServer.start(lesson, ["--port", "0"]);
    await server.program.stdout.until(/ listen .*\n/);
    await server.stop();
    const said = /^[^]*? listen .*\n/.exec(server.program.stdout.text)![0];
    const task = `lesson${lesson}` as "lesson1";
    // An exercise has two lines more: `done? …`, and a blank one.
    const lines = ["", "", `Task ${task} ${config.tasks[task].command}`, ...said.split("\n")];
    const rows = lines.map((line) => Math.max(1, Math.ceil(line.length / 80)));
    assert(rows.reduce((sum, count) => sum + count) <= 24, `lesson ${lesson}: ${rows}`);
  }));
});

Deno.test("--help explains every flag of the lesson", async () => {
  const { code, stdout, stderr } = await runLesson(4, ["--help"]).ended;
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
  const flags = Array.from(stdout.matchAll(/^ {2}--([\w-]+)/gm), (match) => match[1]);
  const every = ["port", "host", "max-connections", "idle-timeout", "trace", "io"];
  assertEquals(flags, [...every, "workers", "exercise", "watch", "trace-file", "demo", "help"]);
  assertNarrow(stdout);
});

Deno.test("an address that others can reach gets one warning", async () => {
  const server = await LessonServer.start(3, ["--host", "0.0.0.0", "--trace", "off"]);
  const [line] = await server.program.stderr.until(/.*\n/);
  assertStringIncludes(line, "warning: other machines can connect");
  assertStringIncludes(await server.ask("PING"), "+PONG");
  await server.stop();
  assertEquals(server.program.stderr.text, line);
});

Deno.test("flags reach the model", async () => {
  const quiet = ["--trace", "off"];
  const [capped, hurried, pooled, streamed] = await Promise.all([
    LessonServer.start(3, ["--max-connections", "1", ...quiet]),
    LessonServer.start(3, ["--idle-timeout", "0.05", ...quiet]),
    LessonServer.start(4, ["--workers=2", ...quiet]),
    LessonServer.start(2, ["--handover", "stream", ...quiet]),
  ]);
  const first = await capped.talk("");
  assertStringIncludes(await capped.ask("PING"), "-ERR max number of clients reached");
  first.close();
  assertEquals(await (await hurried.talk("")).received, "");
  assertMatch(await pooled.ask("INFO"), /workers:2\r\n/);
  assertStringIncludes(await streamed.ask("WHO"), "thread-1");
  await Promise.all([capped, hurried, pooled, streamed].map((server) => server.stop()));
});

Deno.test("--trace off prints nothing after what to type", async () => {
  const server = await LessonServer.start(3, ["--trace", "off"]);
  await server.ask("PING");
  await server.stop();
  assertMatch(server.program.stdout.text, /^listening on [^]*another terminal .*:\n( .*\n)+\n$/);
});

Deno.test("a reader that goes away (`| head -1`) ends only the reading", async () => {
  const [command, ...flags] = taskArguments("lesson3", ["--port", "0"]);
  const child = new Deno.Command(Deno.execPath(), {
    args: [command, ...flags],
    cwd: ROOT,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  const port = Number(/listening on \S+:(\d+)/.exec(new TextDecoder().decode(value))?.[1]);
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  for (let i = 0; i < 3; i++) {
    await conn.write(new TextEncoder().encode("PING\r\n"));
    assertEquals(await conn.read(new Uint8Array(16)), 7);
  }
  conn.close();
  child.kill("SIGTERM");
  const [{ code }, errors] = await Promise.all([child.status, new Response(child.stderr).text()]);
  if (!NO_SIGNALS) assertEquals({ code, errors }, { code: 0, errors: "" });
});
