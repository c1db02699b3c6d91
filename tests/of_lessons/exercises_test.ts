/** The exercises as a student finds them: they compile, and fail for the reason that is meant. */
import { assert, assertEquals, assertGreater, assertMatch } from "@std/assert";
import { lessonOf, startsProcesses } from "../../lessons/catalogue.ts";
import { hintsOf, parseHints } from "../../lessons/tools/hint.ts";
import { gradeLessons } from "../grader/grading/grade_lessons.ts";
import { LESSONS } from "../grader/grading/lessons.ts";
import { procExists } from "../grader/server/proc.ts";
import { Program, ROOT } from "./program.ts";
import { exerciseIn } from "./exercise_state.ts";
import { taskArguments } from "./lesson_process.ts";

/** Seven files and all that they import, on a machine with much else to do. */
const CHECK_HUNG_MS = 120_000;
const PARTS = "../../models/parts/";

/** What is seen of a server that accepts everybody and serves nobody. */
const UNSERVED = /: nothing comes, and the server waits; .+$/;
const NUMBERS = LESSONS.map(({ lesson }) => lesson).join(", ");
const EXERCISES = LESSONS.map((claims) => ({ claims, ...exerciseIn(claims.folder) }));

for (const { claims, path, source, begun } of EXERCISES) {
  const { lesson } = claims;
  const yours = begun ? " (skipped: it is begun, and the student's own)" : "";

  Deno.test({
    name: `exercise ${lesson}, untouched, fails every claim, for the reason that is meant${yours}`,
    ignore: begun || !procExists,
    async fn() {
      const processes = startsProcesses(lessonOf(lesson)) ? "trusted" : undefined;
      const url = new URL(path, ROOT).href;
      const target = { kind: "file", name: path, url, processes } as const;
      const result = await gradeLessons(path, [{ claims, target }], { seed: 1, parallel: 4 });
      assertEquals({ error: result.error, score: result.score }, { error: "", score: 0 });
      const rows = result.lessons[0].claims;
      assertGreater(rows.length, 4);
      // A client that is alone gets no reply: the first claim says so, and no other need be tried.
      for (const [i, { id, status, measured, hint, tries }] of rows.entries()) {
        const wanted = { id, status: "fail", tries: i === 0 ? 1 : 0 };
        assertEquals({ id, status, tries }, wanted, measured);
        assertMatch(measured, UNSERVED, id);
        assertMatch(hint, /^Line \d+ is still the loop that stands there until yours does/);
      }
    },
  });

  Deno.test({
    name: `exercise ${lesson} has the five marks of its model, in the same order${yours}`,
    ignore: begun,
    fn() {
      const model = Array.from(Deno.readDirSync(new URL("models/", ROOT)), ({ name }) => name)
        .find((name) => name.startsWith(`${lesson}_`));
      const modelSource = Deno.readTextFileSync(new URL(`models/${model}`, ROOT));
      assertEquals(marksOf(source), marksOf(modelSource));
      assertEquals(new Set(marksOf(source).map((mark) => mark.slice(0, 3))).size, 5);
    },
  });

  Deno.test({
    name: `exercise ${lesson}, untouched, is one screen, and of the models' parts only${yours}`,
    ignore: begun,
    fn() {
      const specifiers = Array.from(source.matchAll(/ from "(.*)"/g), ([, specifier]) => specifier);
      assertEquals(specifiers.filter((specifier) => !specifier.startsWith(PARTS)), []);
      const lines = source.split("\n");
      assert(lines.length <= 85, `${lines.length} lines`);
      const wide = lines.filter((line) => /^ *(\/\/|\*) /.test(line) && line.length > 80);
      assertEquals(wide, []);
      assertGreater(source.match(/Your turn:/g)?.length ?? 0, 0);
    },
  });

  Deno.test(`exercise ${lesson} has three hints, each more telling than the one before`, async () => {
    const hints = await hintsOf(lesson);
    assertEquals(hints.map(({ title }) => title), ["A nudge", "The shape", "Nearly the code"]);
    const code = hints.map(({ text }) => /^ {4}|^```ts$/m.test(text));
    assertEquals(code, [false, true, true]);
    for (const { text } of hints) assertGreater(text.length, 200);
    for (const number of [1, 2, 3]) {
      const { code, stdout, stderr } = await hint(`${lesson}`, `${number}`).ended;
      assertEquals({ code, stderr }, { code: 0, stderr: "" });
      assertMatch(stdout, new RegExp(`^Hint ${number} of 3 for lesson ${lesson}: `));
      assertEquals(stdout.split("\n").filter((line) => line.length > 80), []);
      assertEquals(
        /deno task hint (.*)\n/.exec(stdout)?.[1],
        [`${lesson} 2`, `${lesson} 3`][number - 1],
      );
    }
  });
}

/** The comments that mark the places, in the order in which they stand. */
function marksOf(source: string): string[] {
  return Array.from(source.matchAll(/\[\d\] [A-Z][^.\n]*\.$/gm), ([mark]) => mark);
}

function hint(...args: string[]): Program {
  return Program.start(taskArguments("hint", args));
}

Deno.test("the exercises that are not begun compile", async () => {
  const paths = EXERCISES.filter(({ begun }) => !begun).map(({ path }) => path);
  if (paths.length === 0) return;
  const { code, stderr } = await Program.start(
    ["check", "--quiet", ...paths],
    "null",
    CHECK_HUNG_MS,
  ).ended;
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
});

Deno.test("hints are the second-level headings, and what stands below them", () => {
  assertEquals(parseHints("# Title\n\n## One\n\n    code\n\ntext\n\n## Two\n### Three\n"), [
    { title: "One", text: "    code\n\ntext" },
    { title: "Two", text: "### Three" },
  ]);
});

const WRONG: [args: string[], says: string][] = [
  [[], "which lesson? Such as: deno task hint 3"],
  [["9"], `no lesson 9; there are ${NUMBERS}`],
  [["three"], `no lesson three; there are ${NUMBERS}`],
  [["3", "4"], "no hint 4; lesson 3 has 1 to 3"],
  [["3", "1", "2"], "no hint 1 2; lesson 3 has 1 to 3"],
  [["--solution"], "no flag --solution; see: deno task hint --help"],
];

Deno.test("a hint that there is not gets one line, and exit code 2", async () => {
  await Promise.all(WRONG.map(async ([args, says]) => {
    const { code, stdout, stderr } = await hint(...args).ended;
    assertEquals({ code, stdout, stderr }, { code: 2, stdout: "", stderr: `${says}\n` });
  }));
});
