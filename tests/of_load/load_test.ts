/** `deno task load`, as it is typed. No figure is judged. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { taskArguments } from "../../lessons/tools/task_arguments.ts";
import { procExists } from "../grader/server/proc.ts";
import { parseLoadArguments } from "../load/arguments.ts";
import { measureAll } from "../load/points.ts";
import schema from "../load/load.schema.json" with { type: "json" };
import { withFiles } from "../of_grader/grader_program.ts";
import { assertNarrow } from "../of_lessons/lesson_process.ts";
import { Program } from "../of_lessons/program.ts";
import { HAS_SCRIPT, inTerminal, WHY } from "../of_lessons/terminal.ts";
import { schemaErrors } from "../of_reports/json_schema.ts";
import { PausedServer } from "./paused_server.ts";

const LONG_MS = 120_000;

function load(...args: string[]): Program {
  return Program.start(taskArguments("load", args), "null", LONG_MS);
}

/** As little as can be. */
const LITTLE = ["--seconds", "0.1", "--warmup", "0.1", "--rounds", "1"];

Deno.test("load: a lesson's server, with figures as JSON and plots, and no bar in a pipe", async () => {
  await withFiles({}, async (folder) => {
    const files = [`--json=${folder}/l.json`, `--svg=${folder}/plots`];
    const { code, stdout, stderr } = await load("3", "--clients", "2,1", ...LITTLE, ...files).ended;
    assertEquals(code, 0, stderr);
    assertNarrow(stdout);
    assertEquals(stdout.match(/^lesson 3 deno +[12] +\S/gm)?.length, 4, stdout);
    assertEquals(stderr.replace(/^warning: .*\n/, ""), "");
    const figures = JSON.parse(await Deno.readTextFile(`${folder}/l.json`));
    assertEquals(schemaErrors(figures, schema), []);
    const [two, one] = figures.points;
    assertEquals([two.clients, one.clients, one.rounds], [2, 1, 1]);
    assert(one.requests > 0);
    if (procExists) assert(one.threads.median >= 1 && one.memory_bytes.median > 0);
    const plots = Array.from(Deno.readDirSync(`${folder}/plots`), ({ name }) => name);
    assertEquals(plots.sort(), ["memory.svg", "percentiles.svg", "throughput.svg"]);
  });
});

Deno.test("load: what is cut short gives what was measured until then", async () => {
  await using server = new PausedServer();
  const { hostname, port } = server.address;
  const args = [`${hostname}:${port}`, "--clients=2,3", "--seconds=60", "--warmup=0"];
  const request = parseLoadArguments(args, "/");
  assert(request !== "help");
  const stop = new AbortController();
  const measuring = measureAll(request, () => {}, stop.signal);
  await server.until(20);
  stop.abort();
  const { points, missing } = await measuring;
  assertEquals(missing, []);
  assertEquals(points.map(({ clients, rounds }) => ({ clients, rounds })), [
    { clients: 2, rounds: 1 },
  ]);
  assert(points[0].requests >= 18, `${points[0].requests}`);
});

Deno.test("load: Ctrl-C ends it, and it says what was measured if there is time for that", async () => {
  await using server = new PausedServer();
  const { hostname, port } = server.address;
  const program = load(`${hostname}:${port}`, "--clients=2", "--seconds=600", "--warmup=0");
  await server.until(20);
  program.signal("SIGINT");
  const { code, stdout } = await program.ended;
  // A machine that is so busy that it takes seconds to print ends it without a word.
  assert(code === 130 || code === 137, `${code}`);
  if (stdout !== "") assertMatch(stdout, /, cut short\n[^]+^127\.0\.0\.1:\d+ +2 +[\d.]+ /m);
});

Deno.test("load: a server that does not keep to its word is named, and the exit code is 1", async () => {
  await using server = new PausedServer(true, new TextEncoder().encode("-ERR not today\r\n"));
  const { hostname, port } = server.address;
  const { code, stdout } = await load(`${hostname}:${port}`, "--clients=1", ...LITTLE).ended;
  assertEquals(code, 1);
  assertMatch(stdout, /:\d+, 1 client: the server replied -ERR not today\.$/m);
});

Deno.test("load: what it cannot do is one line and exit code 2, before anything is measured", async () => {
  const [unknown, unwritable, help] = await Promise.all([
    load("3", "--fast").ended,
    load("3", "--json=/nowhere/l.json").ended,
    load("--help").ended,
  ]);
  for (const { code, stdout, stderr } of [unknown, unwritable]) {
    assertEquals({ code, stdout }, { code: 2, stdout: "" });
    assertMatch(stderr, /^(no flag --fast|--json: cannot write \S+: no such folder).*\n$/);
  }
  assertEquals(help.code, 0);
  assertNarrow(help.stdout);
});

Deno.test({
  name: `load: a terminal has a bar, which goes${WHY}`,
  ignore: !HAS_SCRIPT,
  async fn() {
    await using server = new PausedServer();
    const { hostname, port } = server.address;
    const args = taskArguments("load", [`${hostname}:${port}`, "-c1", ...LITTLE, "--seconds=1"]);
    const { code, text } = await inTerminal(args);
    assertEquals(code, 0, text);
    assertMatch(text, /[█░]{24} +\d+ % +127\.0\.0\.1:\d+, 1 client/);
    const [shown] = text.split("\x1b[2K").slice(-1);
    assertMatch(shown, /^2?[^█░]*What clients saw[^█░]+$/);
  },
});
