/** What is inconclusive is asked again, counted, and never kept. */
import { assertEquals } from "@std/assert";
import { tryUntilClear } from "../grader/experiment/try_until_clear.ts";
import type { Verdict } from "../grader/experiment/verdict.ts";
import { unclearIds, withRows } from "../grader/grading/ask_again.ts";
import { someResult } from "../of_reports/grade_results.ts";

const UNCLEAR: Verdict = { status: "inconclusive", measured: "neither", steps: [] };

/** How often an experiment with such verdicts is tried. */
async function triesOf(verdict: Verdict, before = 0): Promise<number> {
  const earlier = { tries: before, durationMs: 0 };
  return (await tryUntilClear(() => Promise.resolve(verdict), undefined, earlier)).tries;
}

Deno.test("an unclear experiment is tried three times in all, one that took too long twice", async () => {
  assertEquals(await triesOf(UNCLEAR), 3);
  assertEquals(await triesOf(UNCLEAR, 1), 3);
  assertEquals(await triesOf({ ...UNCLEAR, outOfTime: true }, 1), 2);
  assertEquals(await triesOf({ ...UNCLEAR, status: "pass" }, 1), 2);
});

Deno.test("rows that were asked again replace the unclear ones, and the sums follow", () => {
  const result = someResult();
  assertEquals(unclearIds(result), ["3.C2"]);
  const [lesson] = result.lessons;
  const row = lesson.claims[2];
  const passed = { ...row, status: "pass" as const, score: row.max_score };
  const later = { ...result, duration_ms: 10, lessons: [{ ...lesson, claims: [passed] }] };
  const merged = withRows(result, later);
  assertEquals(unclearIds(merged), []);
  assertEquals([merged.score, merged.max_score], [result.score + row.max_score, result.max_score]);
  assertEquals(merged.lessons[0].score, merged.score);
  assertEquals(merged.lessons[0].claims.length, lesson.claims.length);
});
