/**
 * Grades targets by the claims of their lessons: first whether each answers at all, then every claim,
 * several at the same time, of whatever lesson; and what was not clear again at the end, alone.
 */
import type { Claim } from "../experiment/claims.ts";
import { tryClaim } from "../experiment/try_claim.ts";
import { type Tried, tryUntilClear } from "../experiment/try_until_clear.ts";
import type { Verdict } from "../experiment/verdict.ts";
import { type ClaimResult, claimResult } from "../report/result.ts";
import { TargetError } from "../server/target.ts";
import { adviceOn } from "../submission/advice.ts";
import { inParallel } from "./in_parallel.ts";
import { type LessonTarget, notStarted, whyNotTried } from "./why_not_tried.ts";

/** How a grading is run. */
export interface GradeOptions {
  readonly seed: number;
  /** Experiments under way at once. Most of an experiment is waiting. Default: 6. */
  readonly parallel?: number;
  /** Called when a claim's experiment begins, again for each new try. */
  readonly onStart?: (claim: Claim) => void;
  /** Called with each row as it is known. */
  readonly onClaim?: (row: ClaimResult) => void;
}

/** What came of a lesson. */
export interface GradedLesson {
  /** A row for each claim, in their order. */
  readonly rows: ClaimResult[];
  /** Why the target could not be graded at all. */
  problem?: string;
}

/**
 * For each lesson: after so long no experiment is begun any more, and the same again for those that are
 * asked once more.
 */
const LESSON_LIMIT_MS = 300_000;

/** A claim that is to be tried: row `at` of a lesson. */
interface Job {
  readonly lesson: LessonTarget;
  readonly graded: GradedLesson;
  readonly claim: Claim;
  readonly at: number;
}

/** Tries the claims of each lesson on its target. The results are in the order of the lessons. */
export async function gradeTogether(
  lessons: readonly LessonTarget[],
  options: GradeOptions,
): Promise<GradedLesson[]> {
  const { parallel = 6, onClaim } = options;
  const graded: GradedLesson[] = lessons.map(() => ({ rows: [] }));
  const jobs: Job[] = [];
  await inParallel([...lessons.entries()], parallel, async ([i, lesson]) => {
    const why = await whyNotTried(lesson);
    graded[i].problem = why?.problem;
    for (const [at, claim] of lesson.claims.claims.entries()) {
      const job = { lesson, graded: graded[i], claim, at };
      if (why === undefined) jobs.push(job);
      else report(job, why.tried(at), onClaim);
    }
  });
  await tryAll(jobs, options);
  return graded;
}

/** What is unclear beside others is asked again at the end, alone. */
async function tryAll(jobs: readonly Job[], options: GradeOptions): Promise<void> {
  const { parallel = 6, seed, onStart, onClaim } = options;
  const tryOnce = async ({ claim, lesson: { target } }: Job) => {
    onStart?.(claim);
    return await tryClaim(claim, target, seed).catch((error) =>
      error instanceof TargetError ? notStarted(error.message) : broken(error)
    );
  };
  const limitMs = LESSON_LIMIT_MS * new Set(jobs.map(({ lesson }) => lesson)).size;
  const limit = () => ({ endMs: Date.now() + limitMs, tooLate: tooLate(limitMs) });
  const unclear: { job: Job; before: Tried }[] = [];
  const known = (job: Job, tried: Tried) => report(job, advised(job, tried), onClaim);
  const firstLimit = limit();
  await inParallel(longestFirst(jobs), parallel, async (job) => {
    const before = await tryUntilClear(() => tryOnce(job), firstLimit, undefined, 1);
    if (before.verdict.status === "inconclusive") unclear.push({ job, before });
    else known(job, before);
  });
  const lastLimit = limit();
  for (const { job, before } of unclear) {
    known(job, await tryUntilClear(() => tryOnce(job), lastLimit, before));
  }
}

/** The last claim of a lesson takes longest by far, so all lessons' last claims are begun first. */
function longestFirst(jobs: readonly Job[]): Job[] {
  const last = ({ lesson, at }: Job) => lesson.claims.claims.length - at;
  return jobs.toSorted((a, b) => last(a) - last(b));
}

function report(
  { lesson, graded, claim, at }: Job,
  tried: Tried,
  onClaim: GradeOptions["onClaim"],
) {
  graded.rows[at] = claimResult(lesson.claims, claim, tried);
  onClaim?.(graded.rows[at]);
}

/** A failure, with what the student's file tells about it before the hint that there is. */
function advised({ lesson: { target, claims } }: Job, tried: Tried): Tried {
  const { verdict } = tried;
  if (verdict.status !== "fail") return tried;
  const hint = `${adviceOn(target, claims.lesson, verdict)} ${verdict.hint ?? ""}`.trim();
  return { ...tried, verdict: { ...verdict, hint } };
}

function tooLate(limitMs: number): Verdict {
  const measured = `not tried to the end: the claims took over ${limitMs / 1000} s`;
  return { status: "inconclusive", measured, steps: [] };
}

/** A bug in an experiment says nothing about the server. */
function broken(error: unknown): Verdict {
  return { status: "inconclusive", measured: `the experiment broke: ${error}`, steps: [] };
}
