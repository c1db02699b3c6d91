/** A run in a file: for Perfetto, and to be shown again. */
import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import {
  lanesOf,
  readRunFile,
  RunFileError,
  runFileText,
} from "../../lessons/lab/save/run_file.ts";
import { type TraceEvent, traceEvents } from "../../lessons/lab/save/trace_events.ts";
import { LessonServer, taskArguments } from "../of_lessons/lesson_process.ts";
import { Program } from "../of_lessons/program.ts";
import { clientOf, ONE_REQUEST, states } from "./made_run.ts";

const EVENTS = traceEvents(lanesOf(ONE_REQUEST));

function named(name: string): TraceEvent {
  const event = EVENTS.find((one) => one.name === name);
  assert(event !== undefined, name);
  return event;
}

Deno.test("run file: what was saved is read again as it was", () => {
  const saved = readRunFile(runFileText({ lesson: 3, events: ONE_REQUEST }));
  assertEquals(saved.lesson, 3);
  const [again, before] = [lanesOf(saved.events), lanesOf(ONE_REQUEST)];
  assertEquals(states(again, clientOf(again, 1)), states(before, clientOf(before, 1)));
});

Deno.test("run file: a trace in NDJSON is a run, and what stands between its lines is not", () => {
  const lines = ONE_REQUEST.filter(({ source }) => source === "server")
    .map((event) => JSON.stringify({ ...event, source: undefined }));
  const { events } = readRunFile(["warning: x", ...lines, ""].join("\n"));
  assertEquals(events.length, lines.length);
});

Deno.test("run file: anything else is refused in one line", () => {
  const others = ["", "x", "null", "[]", "{}", '{"connfd":{"version":2,"events":[]}}'];
  const events = [{ us: "1" }, null, { source: "client", us: 1 }, { source: "kernel", us: 1 }];
  const wrong = events.map((event) => JSON.stringify({ connfd: { version: 1, events: [event] } }));
  for (const text of [...others, ...wrong]) {
    const { message } = assertThrows(() => readRunFile(text), RunFileError);
    assertMatch(message, /^[^\n]+$/);
  }
});

Deno.test("trace events: every track has a name, and its spans do not cross", () => {
  const tracks = Map.groupBy(
    EVENTS.filter(({ ph }) => ph === "X"),
    ({ pid, tid }) => `${pid}.${tid}`,
  );
  assertEquals(tracks.size, 2);
  for (const [track, spans] of tracks) {
    const names = EVENTS.filter((event) =>
      event.name === "thread_name" && `${event.pid}.${event.tid}` === track
    );
    assertEquals(names.length, 1, track);
    let endUs = 0;
    for (const { ts = 0, dur = 0 } of spans.toSorted((a, b) => (a.ts ?? 0) - (b.ts ?? 0))) {
      assert(ts >= endUs && dur >= 0, track);
      endUs = ts + dur;
    }
  }
});

Deno.test("trace events: an arrow leads from the client into the business, and one back", () => {
  const ends = EVENTS.filter(({ ph }) => ph === "s" || ph === "f");
  assertEquals(ends.map(({ ph, ts }) => [ph, ts]), [
    ["s", 20_000],
    ["f", 23_000],
    ["s", 53_000],
    ["f", 55_999],
  ]);
  assertEquals(new Set(ends.map(({ id }) => id)).size, 2);
  const business = named("SLEEP 30 of client 1");
  assertEquals([business.ts, business.dur, business.pid], [23_000, 30_000, ends[1].pid]);
});

Deno.test("trace file: a lesson's server saves its trace when it ends", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/a run.json`;
    const flags = ["--port", "0", "--trace-file", path];
    const program = Program.start(taskArguments("lesson3", flags));
    const server = await LessonServer.ready(program);
    assertEquals(await server.ask("WHO"), "$4\r\nmain\r\n+OK\r\n");
    const { code, stdout, stderr } = await server.stop("SIGINT");
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "start        WHO");
    const { lesson, events } = readRunFile(await Deno.readTextFile(path));
    const [client] = lanesOf(events).clients;
    assertEquals([lesson, client.requests.map(({ text }) => text)], [3, ["WHO", "QUIT"]]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("trace file: one that cannot be written is said so at once", async () => {
  const flags = ["--port", "0", "--trace-file", "/no-such-folder/run.json"];
  const { code, stdout, stderr } = await Program.start(taskArguments("lesson3", flags)).ended;
  assertEquals([code, stdout], [1, ""]);
  assertMatch(stderr, /^cannot write \/no-such-folder\/run\.json: .+\n$/);
});

Deno.test("lab: shows a run that was saved, and says what is no run", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const [good, bad] = [`${folder}/run.json`, `${folder}/bad.json`];
    await Deno.writeTextFile(good, runFileText({ lesson: 3, events: ONE_REQUEST }));
    await Deno.writeTextFile(bad, "{}");
    const show = (path: string) => Program.start(taskArguments("lab", [path, "--text"])).ended;
    const shown = await show(good);
    assertEquals([shown.code, shown.stderr], [0, ""]);
    assertMatch(shown.stdout, /^main +-+1+-+$/m);
    const refused = await show(bad);
    assertEquals([refused.code, refused.stdout], [1, ""]);
    assertEquals(refused.stderr, "no run was saved in it\n");
    assertEquals((await show(`${folder}/none.json`)).code, 1);
    assertEquals((await show("")).code, 1);
    const grade = await Program.start(taskArguments("lab", ["--grade", good])).ended;
    assertEquals([grade.code, grade.stdout], [1, ""]);
    assertEquals(grade.stderr, "no grade was saved in it (connfd/grade/v1)\n");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
