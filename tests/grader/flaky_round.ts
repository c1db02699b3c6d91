/**
 * One round of `deno task flaky`: grades each lesson's own model, and the model after it, and writes
 * the verdicts as JSON, `{ "lesson 3, model 4: 3.C1": "fail", … }`.
 *
 * Arguments: the seed, and the lessons; by default all.
 */
import { referenceTarget } from "./claims.ts";
import { gradeLessons, inParallel } from "./grade_lessons.ts";
import { LESSONS } from "./lessons.ts";

const [seed, ...numbers] = Deno.args.map(Number);
const lessons = LESSONS.filter(({ lesson }) => numbers.length === 0 || numbers.includes(lesson));
const pairs = lessons.flatMap((claims) => [
  { claims, model: claims.lesson },
  { claims, model: claims.lesson % LESSONS.length + 1 },
]);
const verdicts: Record<string, string> = {};
// On an idle machine one grading leaves the cores idle, too.
await inParallel(pairs, navigator.hardwareConcurrency, async ({ claims, model }) => {
  const target = referenceTarget(model);
  const { lessons: [{ claims: rows }] } = await gradeLessons(
    target.name,
    [{ claims, target }],
    { seed },
  );
  for (const { id, status, tries } of rows) {
    const repeated = tries > 1 ? ` after ${tries} tries` : "";
    verdicts[`lesson ${claims.lesson}, model ${model}: ${id}`] = status + repeated;
  }
});
console.log(JSON.stringify(verdicts));
