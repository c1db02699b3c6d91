/**
 * One round of `deno task flaky`: grades every lesson's own model, and the model after it, and writes
 * the verdicts as JSON, `{ "lesson 3, model 4: 3.C1": "fail", … }`.
 *
 * Argument: the seed.
 */
import { referenceTarget } from "./claims.ts";
import { gradeLessons } from "./grade_lessons.ts";
import { LESSONS } from "./lessons.ts";

const seed = Number(Deno.args[0]);
const verdicts: Record<string, string> = {};
for (const claims of LESSONS) {
  for (const model of [claims.lesson, claims.lesson % LESSONS.length + 1]) {
    const target = referenceTarget(model);
    const { lessons } = await gradeLessons(target.name, [{ claims, target }], { seed });
    for (const { id, status, tries } of lessons[0].claims) {
      const repeated = tries > 1 ? ` after ${tries} tries` : "";
      verdicts[`lesson ${claims.lesson}, model ${model}: ${id}`] = status + repeated;
    }
  }
}
console.log(JSON.stringify(verdicts));
