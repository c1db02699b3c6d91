/** What a mark depends on besides the submission: with the same, two machines give the same marks. */
import { fingerprint } from "../grading/fingerprint.ts";
import type { GradeAllRequest } from "../grading/grade_all_arguments.ts";
import { graderFingerprint } from "../grading/grader_fingerprint.ts";

/** It says nothing of where the files lie: machines have them in folders of their own. */
export interface GraderIdentity {
  readonly lesson: number;
  readonly deno: string;
  /** Of the course's own files, the grader's among them. */
  readonly course: string;
  /** Of the instructor's own claims; empty when there are none. */
  readonly claims: string;
  /** Empty when each grading draws its own. */
  readonly seed: string;
}

/** @param folder that of the lesson, such as `3-io-multiplexing`. */
export function graderIdentity(
  { lesson, claims, seed }: GradeAllRequest,
  folder: string,
): GraderIdentity {
  return {
    lesson,
    deno: Deno.version.deno,
    course: graderFingerprint({ lesson, folder }),
    claims: claims === undefined ? "" : fingerprint([claims]),
    seed: `${seed ?? ""}`,
  };
}

/** One text for all of it. */
export function identityText(identity: GraderIdentity): string {
  const { lesson, deno, course, claims, seed } = identity;
  return fingerprint([], [`${lesson}`, deno, course, claims, seed]);
}

/** @returns what the two differ in, in words: `claims and seed`; empty when in nothing. */
export function differenceOf(one: GraderIdentity, other: GraderIdentity): string {
  const words = {
    lesson: "lesson",
    deno: "Deno",
    course: "course",
    claims: "claims",
    seed: "seed",
  };
  return (Object.keys(words) as (keyof GraderIdentity)[])
    .filter((key) => one[key] !== other[key]).map((key) => words[key]).join(" and ");
}
