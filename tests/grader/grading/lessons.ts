/** The claims of every lesson, in order: what each `tests/lessonN_test.ts` exports as `lessonN`. */
import { NUMBERS } from "../../../lessons/catalogue.ts";
import type { LessonClaims } from "../experiment/claims.ts";

/** Every lesson's claims. */
export const LESSONS: readonly LessonClaims[] = await Promise.all(NUMBERS.map(async (number) => {
  const module = await import(new URL(`../../lesson${number}_test.ts`, import.meta.url).href);
  return module[`lesson${number}`];
}));
