/** Grades one or more lessons, each with its own target, and adds up. */
import { plainText } from "../report/plain_text.ts";
import { type GradeResult, SCHEMA, totals } from "../report/result.ts";
import type { Target } from "../server/target.ts";
import { type GradeOptions, gradeTogether } from "./grade_lesson.ts";
import type { LessonTarget } from "./why_not_tried.ts";

const MOST_CHARACTERS = 400;

/**
 * Grades each lesson with its own target.
 *
 * @param name what was graded, for the result.
 * @returns the result; when a target does not start, the lesson has no points and `error` says why.
 */
export async function gradeLessons(
  name: string,
  lessons: readonly LessonTarget[],
  options: GradeOptions,
): Promise<GradeResult> {
  const startedAt = new Date();
  const graded = await gradeTogether(lessons, options);
  const results = graded.map(({ rows, problem }, i) => {
    const { claims: { lesson, folder }, target } = lessons[i];
    const error = problem === undefined ? "" : problemText(target, problem);
    return { lesson, name: folder, ...totals(rows), error, claims: rows };
  });
  return {
    schema: SCHEMA,
    target: plainText(name, MOST_CHARACTERS),
    seed: options.seed,
    started_at: startedAt.toISOString(),
    duration_ms: Date.now() - startedAt.getTime(),
    ...totals(results),
    error: [...new Set(results.map(({ error }) => error))].filter((text) => text !== "").join("; "),
    lessons: results,
  };
}

/** One line on a target that cannot be graded. */
function problemText({ name }: Target, problem: string): string {
  const text = problem.startsWith(name) ? problem : `${name}: ${problem}`;
  return plainText(text, MOST_CHARACTERS);
}
