/** `deno task grade-all`: a folder of submissions, of which no bad one stops the rest. */
import { assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { type ClassRow, summaryCsv } from "../grader/report/summary.ts";
import { procExists } from "../grader/server/proc.ts";
import { someResult, unstartedResult } from "../of_reports/grade_results.ts";
import { goodSubmission, NO_SERVERS, run, start, withFiles } from "./grader_program.ts";

const ignore = !procExists;

function lines(text: string): string[] {
  return text.trimEnd().split(/\r?\n/);
}

Deno.test("summaryCsv: a column for each claim, quotes doubled, no formulas", () => {
  const row = (student: string, result = someResult()) => {
    return { student, result, max_score: result.max_score, final: result.score };
  };
  const unstarted = { ...unstartedResult(), error: 'ann.ts: "x", y' };
  const rows = [{ ...row("=ann()"), likeness: 100, like: "bob" }, row("bob", unstarted)];
  const absent = { student: "cem", max_score: 8, final: 0 };
  assertEquals(lines(summaryCsv([...rows, absent])), [
    "\uFEFFstudent,score,max_score,3.P1,3.C1,3.C2,3.H1," +
    "3.P1 points,3.C1 points,3.C2 points,3.H1 points," +
    "inconclusive,likeness_percent,like,note,error",
    "'=ann(),3,8,pass,fail,inconclusive,fail,3,0,0,0,1,100,bob,,",
    'bob,0,8,fail,fail,fail,fail,0,0,0,0,0,,,,"ann.ts: ""x"", y"',
    "cem,0,8,,,,,,,,,0,,,,nothing handed in",
  ]);
});

Deno.test(
  { name: "grade-all: tables of everyone, and a second run keeps them", ignore },
  async () => {
    const files = {
      "class/ann.ts": goodSubmission(),
      "class/bob/exercise.ts": NO_SERVERS["no_serve.ts"],
      // Another student's file is none of one's own.
      "class/cem.ts": 'export { serve } from "./ann.ts";\n',
      "class/dee/readme.txt": "I was ill.",
    };
    await withFiles(files, async (folder) => {
      const args = [`${folder}/class`, "--lesson=3", `--out=${folder}/out`, "--seed=1"];
      const first = await run("grade-all", args);
      assertEquals({ code: first.code, stderr: first.stderr }, { code: 0, stderr: "" });
      assertMatch(first.stdout, /^ {3}\d\/4 {2}ann +(\d+)\/\1 {2}[\d.]+ s$/m);
      const [head, ann, bob, cem, dee] = lines(
        await Deno.readTextFile(`${folder}/out/summary.csv`),
      );
      assertMatch(head, /^\uFEFFstudent,score,max_score,3\.P1,.+,error$/);
      assertMatch(ann, /^ann,(\d+),\1,pass,(pass,)+(\d,)+0,100,models\/3_io_multiplexing\.ts,,$/);
      assertMatch(bob, /^bob,0,\d+,fail,.*does not export a function named serve/);
      assertMatch(cem, /^cem,0,\d+,fail,.*ann\.ts: there is no such file$/);
      assertMatch(
        dee,
        /^dee,0,\d+,fail,.*dee: there is no exercise\.ts, no lesson3\.ts.+there is readme\.txt"?$/,
      );
      const summary = JSON.parse(await Deno.readTextFile(`${folder}/out/summary.json`));
      assertEquals(summary.students.map(({ student }: ClassRow) => student), [
        "ann",
        "bob",
        "cem",
        "dee",
      ]);
      await Deno.writeTextFile(`${folder}/class/bob/exercise.ts`, NO_SERVERS["unparsable.ts"]);
      const second = await run("grade-all", args);
      assertStringIncludes(second.stdout, "4 students: 1 graded, 3 as before; see ");
      assertMatch(await Deno.readTextFile(`${folder}/out/summary.csv`), /^bob,.*does not parse/m);
    });
  },
);

Deno.test(
  { name: "grade-all: Ctrl-C keeps what is done, and leaves nothing else", ignore },
  async () => {
    const files = { "class/ann.ts": NO_SERVERS["no_serve.ts"], "class/bob.ts": goodSubmission() };
    await withFiles(files, async (folder) => {
      const flags = ["--lesson=3", `--out=${folder}/out`, "--parallel=1"];
      const program = start("grade-all", [`${folder}/class`, ...flags]);
      await program.stdout.until(/1\/2 {2}ann/);
      program.signal("SIGINT");
      const { code, stdout } = await program.ended;
      assertEquals({ code, lines: lines(stdout).length }, { code: 130, lines: 1 });
      const names = Array.from(Deno.readDirSync(`${folder}/out/results`), ({ name }) => name);
      assertEquals(names, ["ann.json"]);
    });
  },
);

Deno.test("grade-all: a wrong command line is one line and exit code 2", async () => {
  await withFiles(
    { "class/ann.ts": "", "class/ann/exercise.ts": "", "no/a.csv": "" },
    async (folder) => {
      const wrong: [string[], RegExp][] = [
        [[], /^one folder is needed; see: deno task grade-all --help$/],
        [[`${folder}/class`], /^--lesson N is needed$/],
        [[`${folder}/no`, "--lesson=3"], /^no submission in /],
        [[`${folder}/x`, "--lesson=3"], /^there is no folder /],
        [
          [`${folder}/class`, "--lesson=3", `--out=${folder}/class/out`],
          /^--out .+ is in the folder/,
        ],
      ];
      await Promise.all(wrong.map(async ([args, says]) => {
        const { code, stdout, stderr } = await run("grade-all", args);
        assertEquals({ code, stdout }, { code: 2, stdout: "" }, stderr);
        assertMatch(stderr.replace(/^not submissions: .+\n/, ""), /^[^\n]+\n$/);
        assertMatch(lines(stderr).at(-1) ?? "", says);
      }));
      const { code, stdout } = await run("grade-all", ["--help"]);
      assertEquals(code, 0);
      assertNotEquals(stdout, "");
      assertEquals(lines(stdout).filter((line) => line.length > 80), []);
    },
  );
});
