/** The exercises as a student finds them: they compile, and fail for the reason that is meant. */
import { assert, assertEquals, assertGreater, assertMatch } from "@std/assert";
import { hintsOf, parseHints } from "../lessons/tools/hint.ts";
import { startsProcesses } from "./grader/claims.ts";
import { gradeLessons } from "./grader/grade_lessons.ts";
import { LESSONS } from "./grader/lessons.ts";
import { procExists } from "./grader/proc.ts";
import { Program, ROOT, taskArguments } from "./lesson_process.ts";

/** What keeps a stub alive; its own comment tells the student to delete it. */
const STARTER = /\n +\/\/ Until your loop is there: .*\n +while \(.*;\n/;
const PARTS = "../../models/parts/";

/** What is seen of a server that accepts everybody and serves nobody. */
const UNSERVED = /: nothing comes, and the server waits; .+$/;
/** Claims that may notice it in another way. */
const OTHER_WAYS: Readonly<Record<string, RegExp>> = {
  "4.P3": /^before the first client came, it had \d+ threads with 2 workers, and \d+ with 8$/,
  "5.P3": /^before the first client came, it had \d+ threads with 2 I\/O threads, and \d+ with 8$/,
  "4.C2": /^deaf client 1 asked for \d+ bytes and got 0$/,
  "6.P1": /^of 12 clients, client 1 and those after it, none was served$/,
  "6.C2": /^beside 0 busy processes no client is served$/,
  "6.P3": /^told to have 5 processes and not 2, it had 0 more before the first client came$/,
  "7.P1": /^with 0 requests under way, the next one was held up$/,
};

interface Exercise {
  readonly path: string;
  readonly source: string;
  /** A student has begun it; a repository that CI tests has no such student. */
  readonly begun: boolean;
}

function exerciseIn(folder: string): Exercise {
  const path = `lessons/${folder}/exercise.ts`;
  const source = Deno.readTextFileSync(new URL(path, ROOT));
  return { path, source, begun: !STARTER.test(source) && !Deno.env.has("CI") };
}

const NUMBERS = LESSONS.map(({ lesson }) => lesson).join(", ");
const EXERCISES = LESSONS.map((claims) => ({ claims, ...exerciseIn(claims.folder) }));

for (const { claims, path, source, begun } of EXERCISES) {
  const { lesson } = claims;

  Deno.test({
    name: `exercise ${lesson}, untouched, fails every claim, and for the reason that is meant`,
    ignore: begun || !procExists,
    async fn() {
      const processes = startsProcesses(lesson) ? "trusted" : undefined;
      const url = new URL(path, ROOT).href;
      const target = { kind: "file", name: path, url, processes } as const;
      const result = await gradeLessons(path, [{ claims, target }], { seed: 1, parallel: 4 });
      assertEquals({ error: result.error, score: result.score }, { error: "", score: 0 });
      const rows = result.lessons[0].claims;
      assertGreater(rows.length, 4);
      for (const { id, status, measured, hint, tries } of rows) {
        assertEquals({ id, status, tries }, { id, status: "fail", tries: 1 }, measured);
        if (!UNSERVED.test(measured)) assertMatch(measured, OTHER_WAYS[id] ?? UNSERVED, id);
        assertGreater(hint.length, 20, `${id} has no hint`);
      }
    },
  });

  Deno.test(`exercise ${lesson} has the five marks of its model, in the same order`, () => {
    const model = Array.from(Deno.readDirSync(new URL("models/", ROOT)), ({ name }) => name)
      .find((name) => name.startsWith(`${lesson}_`));
    const modelSource = Deno.readTextFileSync(new URL(`models/${model}`, ROOT));
    assertEquals(marksOf(source), marksOf(modelSource));
    assertEquals(new Set(marksOf(source).map((mark) => mark.slice(0, 3))).size, 5);
  });

  Deno.test({
    name: `exercise ${lesson}, untouched, is one screen, narrow, and of the models' parts only`,
    ignore: begun,
    fn() {
      const specifiers = Array.from(source.matchAll(/ from "(.*)"/g), ([, specifier]) => specifier);
      assertEquals(specifiers.filter((specifier) => !specifier.startsWith(PARTS)), []);
      const lines = source.split("\n");
      assert(lines.length <= 85, `${lines.length} lines`);
      const wide = lines.filter((line) => /^ *(\/\/|\*) /.test(line) && line.length > 80);
      assertEquals(wide, []);
      assertEquals(source.match(/Your turn:/g)?.length, [2, 2, 1, 4, 3, 2, 3][lesson - 1]);
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

Deno.test("the exercises compile", async () => {
  const paths = EXERCISES.map(({ path }) => path);
  const { code, stderr } = await Program.start(["check", "--quiet", ...paths]).ended;
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
