/**
 * One round of `deno task flaky`: grades each lesson's own model, and the model after it, and writes
 * the verdicts as JSON, `{ "lesson 3, model 4: 3.C1": { "status": "fail", … }, … }`.
 *
 * Arguments: the seed, and the lessons; by default all.
 */
import { referenceTarget } from "./claims.ts";
import { gradeLessons, inParallel } from "./grade_lessons.ts";
import { LESSONS } from "./lessons.ts";
import type { ClaimResult } from "./result.ts";

/** What a round has seen, by lesson, model and claim. */
export type RoundVerdicts = Record<string, Pick<ClaimResult, "status" | "measured" | "tries">>;

const [seed, ...numbers] = Deno.args.map(Number);
const lessons = LESSONS.filter(({ lesson }) => numbers.length === 0 || numbers.includes(lesson));
const pairs = lessons.flatMap((claims) => [
  { claims, model: claims.lesson },
  { claims, model: claims.lesson % LESSONS.length + 1 },
]);
const verdicts: RoundVerdicts = {};
// On an idle machine one grading leaves the cores idle, too.
await inParallel(pairs, navigator.hardwareConcurrency, async ({ claims, model }) => {
  const target = referenceTarget(model);
  const { lessons: [{ claims: rows }] } = await gradeLessons(
    target.name,
    [{ claims, target }],
    { seed },
  );
  for (const { id, status, tries, measured } of rows) {
    verdicts[`lesson ${claims.lesson}, model ${model}: ${id}`] = { status, measured, tries };
  }
});
console.log(JSON.stringify(verdicts));
