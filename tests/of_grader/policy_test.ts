/** What an instructor's policy makes of results, and what is wrong with one; several lessons as one. */
import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { type FlagValues, UsageError } from "../../lessons/tools/flags.ts";
import { CLASS_FLAGS, classOptions } from "../grader/class/class_options.ts";
import { mergeAbout, mergeLessons } from "../grader/class/class_rows.ts";
import { afterLateness, byPolicy, checkPolicy, NO_POLICY } from "../grader/class/policy.ts";
import { claimsOf, summaryCsv } from "../grader/report/summary.ts";
import { someResult } from "../of_reports/grade_results.ts";
import { resultOf, tableOf } from "./class_table_kit.ts";
import { withFiles } from "./grader_program.ts";

Deno.test("a policy: a claim left out, another with other points, lateness", async () => {
  const policy = JSON.stringify({
    leave_out: ["3.C2"],
    points: { "3.P1": 6 },
    late: { free_days: 1, percent_per_day: 10, most_percent: 30 },
  });
  const files = { "policy.json": policy, "late.csv": "student,days\nann,2.5\nbob,9\n" };
  await tableOf(
    ["ann", "bob", "cem"],
    files,
    { policy: "policy.json", late: "late.csv" },
    (table) => {
      const rows = table.rows.map((
        row,
      ) => [row.result?.score, row.max_score, row.lateDays, row.final]);
      assertEquals(rows, [[6, 9, 2.5, 5.1], [6, 9, 9, 4.2], [6, 9, 0, 6]]);
      assertEquals(claimsOf(table.rows[0].result).map(({ id }) => id), ["3.P1", "3.C1", "3.H1"]);
      assertMatch(summaryCsv(table.rows), /^\uFEFFstudent,score,max_score,late_days,final,3\.P1,/);
    },
  );
});

Deno.test("what is wrong with a policy, a class list or a table of days is said in one line", async () => {
  const files = {
    "json": "{",
    "list": "[]",
    "word": '{"late_days": 3}',
    "points": '{"points": {"3.P1": -1}}',
    "half": '{"points": {"3.P1": 0.5}}',
    "late": '{"late": {"percent": 10}}',
    "no.csv": "name,mail\na,b\n",
    "quote.csv": 'student\n"a',
    "days.csv": "student,days\nann,two\n",
  };
  await withFiles(files, (folder) => {
    const says = (flags: FlagValues<typeof CLASS_FLAGS>, what: RegExp) => {
      const { message } = assertThrows(() => classOptions(flags, folder), UsageError);
      assertMatch(message, what);
      assertEquals(message.includes("\n"), false);
    };
    says({ policy: "json" }, /cannot be read as JSON/);
    says({ policy: "list" }, /it is an object/);
    says({ policy: "word" }, /'late_days' is not leave_out, points or late$/);
    says({ policy: "points" }, /'3\.P1' is a number from 0 to 1000$/);
    says({ policy: "half" }, /whole numbers$/);
    says({ policy: "late" }, /'percent' is not free_days, percent_per_day, most_percent$/);
    says({ policy: "missing" }, /cannot be read/);
    says({ roster: "no.csv" }, /has none of these columns: student; Student and ID \(Canvas\)/);
    says({ roster: "quote.csv" }, /cannot be read as CSV/);
    says({ roster: "days.csv", moodle: true }, /^--moodle fills in Moodle's grading worksheet/);
    says({ late: "days.csv" }, /'two' of ann is no number of days$/);
    says({ late: "no.csv" }, /needs the columns student and days$/);
    return Promise.resolve();
  });
});

Deno.test("a policy that names a claim that there is not is refused", () => {
  const policy = { ...NO_POLICY, leave_out: ["3.X9"] };
  assertThrows(() => checkPolicy(policy, ["3.P1"]), UsageError, "there is no claim 3.X9");
  assertEquals(byPolicy(someResult(), { ...policy, leave_out: [] }), someResult());
  assertEquals(afterLateness(7, 3, policy), 7);
});

Deno.test("several lessons are one row: points add up, the highest likeness and all notes stay", () => {
  const [ann] = mergeLessons([[resultOf("ann")], [resultOf("ann")]]);
  assertEquals([ann.result.score, ann.result.max_score, ann.result.lessons.length], [6, 16, 2]);
  const about = mergeAbout([
    new Map([["ann", { likeness: 80, like: "bob", note: "late" }]]),
    new Map([["ann", { likeness: 20, like: "", note: "late" }], ["bob", { note: "x" }]]),
  ]);
  assertEquals(about.get("ann"), { likeness: 80, like: "bob", note: "late" });
});
