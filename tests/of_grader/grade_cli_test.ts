/** `deno task grade`, as it is typed: what it prints and writes, and its exit codes. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import schema from "../grader/report/result.schema.json" with { type: "json" };
import { procExists } from "../grader/server/proc.ts";
import { schemaErrors } from "../of_reports/json_schema.ts";
import { NO_SERVERS, run, withFiles } from "./grader_program.ts";
import { ROOT } from "../of_lessons/program.ts";

/** Without /proc nothing can be graded: see the test at the end. */
const ignore = !procExists;
/** The example in the page for instructors. */
function exampleClaims(): string {
  const page = Deno.readTextFileSync(new URL("lessons/INSTRUCTORS.md", ROOT));
  return /^```ts\n(export const claims .+?)^```$/ms.exec(page)?.[1] ?? "";
}

Deno.test({ name: "grade: a model has full marks, in a report and in files", ignore }, async () => {
  await withFiles({ "mine.ts": exampleClaims() }, async (folder) => {
    const outputs = [`--json=${folder}/a.json`, "--gradescope", `${folder}/g.json`];
    const flags = ["--reference", "--seed", "5", "--claims", folder];
    const { code, stdout, stderr } = await run("grade", ["3", ...flags, ...outputs]);
    assertEquals(code, 0, stderr);
    const result = JSON.parse(await Deno.readTextFile(`${folder}/a.json`));
    assertEquals(schemaErrors(result, schema), []);
    const [{ claims, max_score }] = result.lessons;
    assertEquals(claims.every(({ status }: { status: string }) => status === "pass"), true);
    assertEquals({ score: result.score, seed: result.seed }, { score: max_score, seed: 5 });
    assertMatch(
      stdout,
      new RegExp(`^Lesson 3-io-multiplexing: ${max_score} of ${max_score} points`, "m"),
    );
    assertMatch(stdout, /^pass {2}3\.H1 {2}.*\n?.*\[after_due_date\]$/m);
    assertEquals(stderr.trim().split("\n").length, claims.length);
    // deno-lint-ignore no-control-regex
    assertEquals(/\x1b/.exec(stdout + stderr), null);
    assertEquals((stdout + stderr).split("\n").filter((line) => line.length > 80), []);
    const { score, tests } = JSON.parse(await Deno.readTextFile(`${folder}/g.json`));
    assertEquals({ score, visibility: tests.at(-1).visibility }, {
      score: max_score,
      visibility: "after_due_date",
    });
  });
});

Deno.test(
  { name: "grade 3.P1 --steps: one claim, and its steps though it holds", ignore },
  async () => {
    const { code, stdout } = await run("grade", ["3.P1", "--reference", "--steps", "--json=-"]);
    assertEquals(code, 0);
    const result = JSON.parse(stdout);
    assertEquals(schemaErrors(result, schema), []);
    const [row, ...others] = result.lessons[0].claims;
    assertEquals([row.id, row.status, others], ["3.P1", "pass", []]);
    assert(row.steps.length > 10 && row.duration_ms > 0);
    assert(row.clients.includes("idle client 1"));
    assert(row.threads.length > 0 && row.threads[0].cpu_ms > 0);
  },
);

const refusals: [args: string[], says: RegExp][] = [
  [["9"], /^there is no lesson 9; there are 1, 2, /],
  [["three"], /^'three' is not a lesson's number, such as 3, nor a claim, such as 3\.P1$/],
  [["3.P9"], /^there is no claim 3\.P9; there are 3\.P1, 3\.P2, /],
  [["3", "4.P1"], /^lessons or claims can be named, not both$/],
  [["--wat"], /^no flag --wat; see: deno task grade --help$/],
  [["--file=a.ts"], /^--file needs exactly one lesson$/],
  [["3", "--command=x"], /^--command needs \{port\} where the port's number goes$/],
  [["3", "--reference", "--file=a.ts"], /^only one of --reference, --file and --command /],
  [["3", "--json", "-", "--junit", "-"], /^only one format can go to standard output$/],
  [["3", "--reference", "--json=/nowhere/a.json"], /^--json: cannot write \S+: no such folder$/],
  [["3", "--reference", "--junit=DIR"], /^--junit: cannot write \S+: it is a folder$/],
  [["3", "--reference", "--claims=/nowhere"], /^--claims: there is no folder \/nowhere$/],
  [["3", "--file=DIR/absent.ts"], /absent\.ts: there is no such file$/],
  [["3", "--file=DIR/unparsable.ts"], /unparsable\.ts does not parse: SyntaxError: /],
  [["3", "--file=DIR/no_serve.ts"], /no_serve\.ts: .+"does not export a function named serve"$/],
  [
    ["3", "--file=DIR/throws.ts"],
    /throws\.ts: ended before .+"throws\.ts:1:7: does not load: first"$/,
  ],
  [["3", "--file=DIR/cheat.ts"], /cheat\.ts imports \S+: that is the reference itself$/],
  [["3", "--command=./absent {port}"], /^\.\/absent \{port\}: cannot be started: .+No such file/],
  [["3", "--command=true {port}"], /^true \{port\}: ended before it listened; it said nothing$/],
];

Deno.test(
  { name: "grade: what cannot be graded is one line and exit code 2", ignore },
  async () => {
    await withFiles(NO_SERVERS, async (folder) => {
      // Three at a time, because most of it is Deno's start.
      const todo = refusals.values();
      await Promise.all([1, 2, 3].map(async () => {
        for (const [args, says] of todo) {
          const { code, stdout, stderr } = await run(
            "grade",
            args.map((arg) => arg.replace("DIR", folder)),
          );
          assertEquals({ code, stdout }, { code: 2, stdout: "" }, args.join(" ") + stderr);
          assertMatch(stderr, /^[^\n]+\n$/, args.join(" "));
          assertMatch(stderr.trimEnd(), says);
        }
      }));
    });
  },
);

Deno.test({ name: "grade: a platform gets a result of what cannot start", ignore }, async () => {
  await withFiles(NO_SERVERS, async (folder) => {
    const flags = [`--file=${folder}/unparsable.ts`, "--exit-zero"];
    const outputs = [`--gradescope=${folder}/g.json`, `--classroom50=${folder}/c.json`];
    const { code, stdout } = await run("grade", ["3", ...flags, ...outputs, "--json", "-"]);
    assertEquals(code, 0);
    const result = JSON.parse(stdout);
    assertEquals(schemaErrors(result, schema), []);
    assertStringIncludes(result.error, "unparsable.ts does not parse");
    const gradescope = JSON.parse(await Deno.readTextFile(`${folder}/g.json`));
    assertStringIncludes(gradescope.output, "does not parse");
    const classroom = JSON.parse(await Deno.readTextFile(`${folder}/c.json`));
    for (
      const [score, max] of [
        [result.score, result.max_score],
        [gradescope.score, gradescope.extra_data.max_score],
        [classroom.score, classroom["max-score"]],
      ]
    ) {
      assertEquals(score, 0);
      assert(max > 0);
    }
  });
});

Deno.test("grade --list and --help need no server; elsewhere than on Linux there is no other", async () => {
  const [list, help] = await Promise.all([run("grade", ["3", "--list"]), run("grade", ["--help"])]);
  assertEquals([list.code, help.code], [0, 0]);
  assertMatch(list.stdout, /^3\.P1 {3}3 {2}One thread watches many connections/m);
  assertMatch(help.stdout, /^usage: deno task grade \[LESSON…\|CLAIM…\] \[flags\]$/m);
  for (const { stdout } of [list, help]) {
    assertEquals(stdout.split("\n").filter((line) => line.length > 80), []);
  }
  if (procExists) return;
  const { code, stderr } = await run("grade", ["3", "--reference"]);
  assertEquals(code, 2);
  assertMatch(stderr, /^grading needs Linux: /);
});
