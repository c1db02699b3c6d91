/** Who is marked only where the lesson's own model has full marks. */
import { UsageError } from "../../../lessons/tools/flags.ts";
import type { LessonClaims } from "../experiment/claims.ts";
import { withOwnClaims } from "../experiment/own_claims.ts";
import type { LessonTarget } from "./why_not_tried.ts";
import { lessonsNamed } from "./named.ts";
import { LESSONS } from "./lessons.ts";
import { whyNotHere } from "./self_check.ts";
import type { Subject } from "./subject.ts";

/** Set by a grader that has checked, for those that it starts. */
const CHECKED = "CONNFD_CHECKED_HERE";

/** The variable by which a grader that is started need not check again. */
export function asChecked(): Record<string, string> {
  return { [CHECKED]: "1" };
}

/** Every lesson's claims, with those of a folder of one's own. */
export async function allLessons(claims?: string): Promise<readonly LessonClaims[]> {
  return claims === undefined ? LESSONS : await withOwnClaims(LESSONS, claims);
}

/**
 * What others have handed in, or what comes from anywhere, is marked where the lesson's own model has
 * full marks. One's own exercise does not wait for that: who works on it grades again and again.
 *
 * @throws UsageError when it has not: nobody is to be marked.
 */
export async function checkHere(
  { kind }: Subject,
  claims: string | undefined,
  targets: readonly LessonTarget[],
): Promise<void> {
  if (kind === "exercise" || kind === "reference") return;
  for (const { claims: { lesson }, problem } of targets) {
    // What cannot be started at all needs no machine.
    if (problem !== undefined) continue;
    const [whole] = lessonsNamed(await allLessons(claims), [lesson]);
    await checkLesson(whole, claims);
  }
}

/** The same for one lesson. @throws UsageError */
export async function checkLesson(lesson: LessonClaims, claims?: string): Promise<void> {
  if (Deno.env.get(CHECKED)) return;
  const why = await whyNotHere(lesson, claims);
  if (why !== undefined) throw new UsageError(why);
}
