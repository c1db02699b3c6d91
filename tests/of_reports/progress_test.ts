/** The student's progress: a text file that keeps what it is given, and the picture of it. */
import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
import { NUMBERS } from "../../lessons/catalogue.ts";
import { ProgressError } from "../../lessons/play/progress_lines.ts";
import {
  type LessonProgress,
  parseProgress,
  recordProgress,
  withResult,
} from "../grader/report/progress.ts";
import type { ClaimResult, GradeResult } from "../grader/report/result.ts";
import { progressText } from "../grader/show_progress.ts";
import { Program } from "../of_lessons/program.ts";
import { taskArguments } from "../of_lessons/lesson_process.ts";

const STARTED_AT = "2026-11-24T10:00:00.000Z";

/** A result of one lesson whose claims are worth 2 points each: `"3.P1 3.P2 -3.C1"`. */
function graded(lesson: number, claims: string, tries = 1): GradeResult {
  const rows = claims.split(" ").map((word) => {
    const passed = !word.startsWith("-");
    const id = word.replace("-", "");
    return { id, status: passed ? "pass" : "fail", score: passed ? 2 : 0, max_score: 2, tries };
  }) as unknown as ClaimResult[];
  const score = rows.reduce((sum, row) => sum + row.score, 0);
  const points = { score, max_score: 2 * rows.length };
  const lessons = [{ lesson, name: `${lesson}-x`, ...points, error: "", claims: rows }];
  return { started_at: STARTED_AT, ...points, lessons } as unknown as GradeResult;
}

const LINE = "lesson 3  points=2/4  best=2/4  passed=3.P1  failed=3.C1  graded=" + STARTED_AT;

Deno.test("a result becomes a line of its lesson, and is read again as it was", () => {
  const text = withResult("", graded(3, "3.P1 -3.C1"));
  assertEquals(text, `connfd-progress 1\n${LINE}\n`);
  assertEquals(parseProgress(text), {
    lessons: [{
      lesson: 3,
      points: { score: 2, max: 4 },
      best: { score: 2, max: 4 },
      passed: ["3.P1"],
      failed: ["3.C1"],
      graded: STARTED_AT,
    }],
    damaged: [],
  });
});

Deno.test("the best stays, until points are counted out of another total", () => {
  const best = (text: string) => parseProgress(text).lessons[0].best;
  const full = withResult("", graded(3, "3.P1 3.C1"));
  const worse = withResult(full, graded(3, "-3.P1 -3.C1"));
  assertEquals(best(worse), { score: 4, max: 4 });
  assertEquals(best(withResult(worse, graded(3, "3.P1 -3.C1 -3.C2"))), { score: 2, max: 6 });
});

Deno.test("a lesson that could not be tried stays as it is", () => {
  const text = withResult("", graded(3, "3.P1 3.C1"));
  assertEquals(withResult(text, graded(3, "-3.P1 -3.C1", 0)), text);
});

Deno.test("what is not understood is kept: lines, fields, and what is damaged", () => {
  const before = [
    "connfd-progress 1",
    "# my own note",
    "lesson 3  colour=blue  points=0/4  best=1/4  graded=" + STARTED_AT,
    "streak days=4",
    "lesson 2  points=3/",
    "\x00\x01 rubbish",
  ];
  assertEquals(parseProgress(before.join("\n")).damaged, [
    { line: 5, text: before[4] },
    { line: 6, text: before[5] },
  ]);
  const after = withResult(before.join("\r\n"), graded(3, "3.P1 -3.C1")).split("\n");
  assertEquals(after.toSpliced(2, 1), [...before.toSpliced(2, 1), ""]);
  assertEquals(
    after[2],
    LINE.replace("lesson 3", "lesson 3  colour=blue")
      .replace("  passed=3.P1  failed=3.C1  graded", "  graded").replace(
        /$/,
        "  passed=3.P1  failed=3.C1",
      ),
  );
  const both = withResult(before.join("\n"), graded(2, "2.P1"));
  assertEquals(parseProgress(both).lessons.map(({ lesson }) => lesson), [2, 3]);
});

Deno.test("a file without its first line gets one, and loses nothing", () => {
  assertEquals(withResult("hello", graded(3, "3.P1 -3.C1")), `connfd-progress 1\nhello\n${LINE}\n`);
});

Deno.test("a file of a newer format is refused, and left alone", () => {
  assertThrows(
    () => withResult("connfd-progress 2\n", graded(3, "3.P1")),
    ProgressError,
    ".progress has format 2, and this version knows 1",
  );
});

Deno.test("a grading is recorded in the file; a file of a newer format is not touched", async () => {
  const file = new URL(`file://${await Deno.makeTempFile()}`);
  await recordProgress(graded(3, "3.P1 -3.C1"), file);
  assertEquals(await Deno.readTextFile(file), `connfd-progress 1\n${LINE}\n`);
  await Deno.writeTextFile(file, "connfd-progress 2\n");
  await recordProgress(graded(3, "3.P1"), file);
  assertEquals(await Deno.readTextFile(file), "connfd-progress 2\n");
  await Deno.remove(file);
});

Deno.test("the picture has a bar for each lesson, in 80 columns, and says what comes next", () => {
  const folders = ["1-single-thread-accept", "2-thread-per-connection", "3-io"];
  const points = { score: 14, max: 14 }, half = { score: 8, max: 17 };
  const lessons: LessonProgress[] = [
    { lesson: 1, points, best: points, passed: ["1.P1"], failed: [], graded: STARTED_AT },
    { lesson: 2, points: half, best: half, passed: [], failed: ["2.P1"], graded: STARTED_AT },
  ];
  const text = stripAnsiCode(progressText(folders, lessons));
  assertMatch(
    text,
    /^1 single-thread-accept +#{14} +14\/14 +1\/1 +14\/14 +2026-11-2\d \d\d:\d\d$/m,
  );
  assertMatch(text, /^2 thread-per-connection +#{6}\.{8} +8\/17 +0\/1 +8\/17 +2026/m);
  assertMatch(text, /^3 io +\.{14} +not graded yet$/m);
  assertMatch(text, /^Next: lessons\/2-thread-per-connection\/exercise.ts; still to pass: 2.P1$/m);
  assertEquals(text.split("\n").filter((line) => line.length > 80), []);
  assertMatch(progressText(folders.slice(0, 1), lessons), /\nEvery exercise has full marks\.\n$/);
});

Deno.test("`deno task progress` shows every lesson", async () => {
  const { code, stdout } = await Program.start(taskArguments("progress", [])).ended;
  assertEquals(code, 0, stdout);
  for (const lesson of NUMBERS) {
    assertMatch(stdout, new RegExp(`^${lesson} [a-z-]+ +[#.]{14}`, "m"));
  }
});
