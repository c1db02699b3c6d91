/** Exercises that nobody has begun: known by their text, so that nobody waits to be told so. */
import type { LessonClaims } from "../experiment/claims.ts";
import { isUntouched } from "../report/student.ts";
import type { LessonTarget } from "./why_not_tried.ts";
import { gradedFile } from "./lesson_targets.ts";
import type { Subject } from "./subject.ts";

/** What every claim says of such an exercise. */
const UNTRIED = "not tried: the exercise is as it came, and serves nobody";

/** The texts of one's own exercises, in the order of the lessons; none for what is not one. */
export async function exerciseSources(
  subject: Subject,
  lessons: readonly LessonClaims[],
): Promise<string[]> {
  if (subject.kind !== "exercise") return [];
  const read = (lesson: LessonClaims) => Deno.readTextFile(gradedFile(lesson, subject) ?? "");
  return await Promise.all(lessons.map((lesson) => read(lesson).catch(() => "")));
}

/** The same targets; those that nobody has begun are not to be tried. */
export function withoutUntouched(
  targets: readonly LessonTarget[],
  sources: readonly string[],
): LessonTarget[] {
  return targets.map((one, i) =>
    isUntouched(sources[i] ?? "") ? { ...one, untried: UNTRIED } : one
  );
}
