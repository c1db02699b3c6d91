/** Which lessons and claims a command line means. */
import { UsageError } from "../../../lessons/tools/flags.ts";
import type { LessonClaims } from "../experiment/claims.ts";

/**
 * Picks the lessons that were named.
 *
 * @param numbers empty: all that there are.
 * @throws UsageError when there is no such lesson.
 */
export function lessonsNamed(
  all: readonly LessonClaims[],
  numbers: readonly number[],
): readonly LessonClaims[] {
  const known = all.map(({ lesson }) => lesson);
  const unknown = numbers.find((number) => !known.includes(number));
  if (unknown !== undefined) {
    throw new UsageError(`there is no lesson ${unknown}; there are ${known.join(", ")}`);
  }
  return numbers.length === 0 ? all : all.filter(({ lesson }) => numbers.includes(lesson));
}

/**
 * Leaves those claims that were named.
 *
 * @param ids empty: all stay.
 * @throws UsageError when there is no such claim.
 */
export function claimsNamed(
  lessons: readonly LessonClaims[],
  ids: readonly string[],
): readonly LessonClaims[] {
  if (ids.length === 0) return lessons;
  const known = lessons.flatMap(({ claims }) => claims.map(({ id }) => id));
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new UsageError(`there is no claim ${unknown}; there are ${known.join(", ")}`);
  }
  return lessons.map((lesson) => {
    return { ...lesson, claims: lesson.claims.filter(({ id }) => ids.includes(id)) };
  });
}
