/**
 * One round of `deno task flaky`: grades each lesson's own model, and the model after it, and writes
 * the verdicts as JSON, `{ "lesson 3, model 4: 3.C1": { "status": "fail", … }, … }`.
 *
 * Arguments: the seed, `servers` to grade the right servers from elsewhere instead, and the lessons; by
 * default all.
 */
import { Builder } from "../../servers/other_languages/build.ts";
import { serversIn, targetOf } from "../../servers/servers_in.ts";
import type { LessonClaims } from "../experiment/claims.ts";
import type { ClaimResult } from "../report/result.ts";
import { referenceTarget } from "../server/reference_target.ts";
import type { Target } from "../server/target.ts";
import { gradeLessons } from "./grade_lessons.ts";
import { inParallel } from "./in_parallel.ts";
import { LESSONS } from "./lessons.ts";

/** What a round has seen, by lesson, what was graded, and claim. */
export type RoundVerdicts = Record<string, Pick<ClaimResult, "status" | "measured" | "tries">>;

/** What is graded by a lesson's claims, under a name. */
interface Pair {
  readonly claims: LessonClaims;
  readonly name: string;
  readonly target: Target;
}

/** Each model by its own lesson, and by the one before. */
function models(lessons: readonly LessonClaims[]): Pair[] {
  return lessons.flatMap((claims) =>
    [claims.lesson, claims.lesson % LESSONS.length + 1]
      .map((model) => ({ claims, name: `model ${model}`, target: referenceTarget(model) }))
  );
}

/** Right servers that no lesson has, those of them that can be compiled here. */
async function fromElsewhere(
  lessons: readonly LessonClaims[],
  builder: Builder,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const server of serversIn("unusual")) {
    const claims = lessons.find(({ lesson }) => lesson === server.lesson);
    if (claims === undefined || server.skipped !== "") continue;
    pairs.push({ claims, name: server.file, target: await targetOf(server, builder) });
  }
  return pairs;
}

const [seed, ...words] = Deno.args;
const numbers = words.map(Number).filter((number) => !Number.isNaN(number));
const lessons = LESSONS.filter(({ lesson }) => numbers.length === 0 || numbers.includes(lesson));
await using builder = new Builder();
const pairs = words.includes("servers") ? await fromElsewhere(lessons, builder) : models(lessons);
const verdicts: RoundVerdicts = {};
// On an idle machine one grading leaves the cores idle, too.
await inParallel(pairs, navigator.hardwareConcurrency, async ({ claims, name, target }) => {
  const options = { seed: Number(seed) };
  const { lessons: [{ claims: rows }] } = await gradeLessons(name, [{ claims, target }], options);
  for (const { id, status, tries, measured } of rows) {
    verdicts[`lesson ${claims.lesson}, ${name}: ${id}`] = { status, measured, tries };
  }
});
console.log(JSON.stringify(verdicts));
