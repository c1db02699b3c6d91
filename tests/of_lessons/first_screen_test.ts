/** What each command says first has room on a terminal of 80 x 24, and nothing in it is broken. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { NUMBERS } from "../../lessons/catalogue.ts";
import { inParallel } from "../grader/grading/in_parallel.ts";
import { procExists } from "../grader/server/proc.ts";
import { Program } from "./program.ts";
import { exerciseIn } from "./exercise_state.ts";
import { taskArguments, type TaskName } from "../../lessons/tools/task_arguments.ts";
import {
  COLUMNS,
  CTRL_C,
  ENTER,
  HAS_SCRIPT,
  inTerminal,
  plainOf,
  ROWS,
  rowsOf,
  WHY,
} from "./terminal.ts";

const options = { ignore: !HAS_SCRIPT };
/** Started at once: most of it is Deno's start. */
const AT_ONCE = 4;

/** A command line, as it is typed after `deno task`. */
type Line = readonly [task: TaskName, ...args: string[]];

const HELPS: Line[] = ["grade", "grade-all", "grade-join", "gradescope-bundle", "compare", "fuzz"]
  .concat([
    "soak",
    "lab",
    "client",
    "watch",
    "hint",
    "quiz",
    "predict",
    "book",
    "race",
    "fault",
    "load",
    "peers",
  ])
  .concat(NUMBERS.map((n) => `lesson${n}`))
  .map((task) => [task as TaskName, "--help"]);
const HINTS: Line[] = NUMBERS.flatMap((n) => ["1", "2", "3"].map((k): Line => ["hint", `${n}`, k]));
const LISTS: Line[] = NUMBERS.map((n) => ["grade", `${n}`, "--list"]);
const OTHERS: Line[] = [["progress"], ["client"], ["client", "3", "--port", "9"], ["watch"]];

/** The line that `deno task` prints before everything, in rows of a terminal. */
function rowsOfTask([task, ...args]: Line): number {
  const words = args.map((arg) => ` '${arg}'`).join("");
  return Math.ceil(`Task ${task} ${config.tasks[task].command}${words}`.length / COLUMNS);
}

/** Runs it, and holds what is to be read at a time to the terminal's size. Returns what is not so. */
async function tooLarge(line: Line): Promise<string[]> {
  const [task, ...args] = line;
  const name = line.join(" ");
  const pages = Array(9).fill(["Enter: the rest", ENTER]);
  const { text } = await inTerminal(taskArguments(task, args), pages);
  return text.split("Enter: the rest").flatMap((page, at) => {
    const rows = rowsOf(page);
    // The shell's prompt and what was typed.
    const before = at === 0 ? 1 + rowsOfTask(line) : 0;
    const high = rows.length + before < ROWS ? [] : [`${rows.length} rows, and ${before} before`];
    const wide = rows.filter((row) => row.length > COLUMNS);
    return [...high, ...wide].map((what) => `${name}: ${what}`);
  });
}

// In pipes, and first: on a terminal Deno tells of each package that it unpacks for the first time.
Deno.test("with Node alone a line to be typed is longer, and --help fits all the same", async () => {
  const wide: string[] = [];
  await inParallel(HELPS, AT_ONCE, async ([task, ...args]) => {
    const env = { npm_lifecycle_event: "npx" };
    const program = Program.start(taskArguments(task, args), "null", undefined, env);
    const { stdout } = await program.ended;
    wide.push(...stdout.split("\n").filter((line) => line.length > COLUMNS));
  });
  assertEquals(wide, []);
});

Deno.test(`what a command says first fits on 24 lines of 80${WHY}`, options, async () => {
  const todo = [...HELPS, ...HINTS, ...LISTS, ...OTHERS];
  const found: string[] = [];
  await inParallel(todo, AT_ONCE, async (line) => void found.push(...await tooLarge(line)));
  assertEquals(found, []);
});

Deno.test(`that the port is in use is not broken within a word${WHY}`, options, async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr;
  const { code, text } = await inTerminal(taskArguments("lesson3", ["--port", `${port}`]));
  const rows = rowsOf(text);
  assertEquals([code, rows.length], [1, 2]);
  assertEquals(rows.filter((row) => row.length > COLUMNS), []);
  assertMatch(
    rows.join(" "),
    /^port \d+ is in use on 127\.0\.0\.1, and nobody answers there: .*0$/,
  );
});

const BEGUN = exerciseIn("4-worker-pool").begun;

Deno.test({
  name: `an exercise that nobody has begun is told so at once, on one screen${WHY}`,
  ignore: !HAS_SCRIPT || !procExists || BEGUN,
  async fn() {
    const { code, text } = await inTerminal(taskArguments("grade", ["4"]));
    assertEquals(code, 1);
    const rows = rowsOf(text);
    assert(rows.length <= 16 && rows.every((row) => row.length <= COLUMNS), text);
    assertMatch(text, /exercise\.ts is as it came\./);
    // Nothing was started for it.
    assert(!/trying|client 1/.test(text), text);
  },
});

Deno.test(`after Ctrl-C the shell's prompt stands on its own line${WHY}`, options, async () => {
  const cases: [args: string[], after: string][] = [
    [taskArguments("grade", ["3", "--reference"]), "trying"],
    [taskArguments("lesson3", ["--port", "0"]), "listen "],
    [taskArguments("watch", ["3", "--port", "0"]), "listen "],
    [taskArguments("lesson1", ["--demo"]), "1.P1"],
    [taskArguments("lesson1", ["--demo"]), "Enter: the next scene"],
    [taskArguments("lab", ["--port", "0"]), "Ctrl-C ends it"],
    [taskArguments("hint", ["5", "3"]), "Enter: the rest"],
  ];
  for (const [args, after] of cases) {
    if (args.includes("--reference") && !procExists) continue;
    const { text } = await inTerminal(args, [[after, CTRL_C]]);
    assertMatch(plainOf(text), /\^C[^]*\n\r?$/, args.join(" "));
  }
});

Deno.test(
  `a demo shows a scene at a time, with what the signs are for${WHY}`,
  options,
  async () => {
    const presses = [["Enter: the next scene", ENTER], ["Enter: the next scene", CTRL_C]] as const;
    const { text } = await inTerminal(taskArguments("lesson3", ["--demo"]), presses);
    const [first, second] = text.split("Enter: the next scene");
    assertMatch(first, /3\.P1 [^]*A thread: 1 works for client 1/);
    assertMatch(second, /3\.P2 [^]*A thread: 1 works for client 1/);
    for (const page of [first, second]) assert(rowsOf(page).length < ROWS, page);
  },
);
