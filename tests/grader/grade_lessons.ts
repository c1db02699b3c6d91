/** Grades one target in one or more lessons: every claim of each, several at the same time. */
import { type Claim, type LessonClaims, tryClaim, type Verdict } from "./claims.ts";
import { type ClaimResult, claimResult, type GradeResult, SCHEMA, totals } from "./result.ts";
import { RunningServer, type Target, TargetError } from "./target.ts";

/** How a grading is run. */
export interface GradeOptions {
  readonly seed: number;
  /** Experiments under way at once. Most of an experiment is waiting. Default: 2. */
  readonly parallel?: number;
  /** Called with each row as it is known. */
  readonly onClaim?: (row: ClaimResult) => void;
}

/** An experiment that cannot tell is run again, so often in all. */
const MOST_TRIES = 3;

/**
 * Grades each lesson with its own target.
 *
 * @param name what was graded, for the result.
 * @returns the result; when a target does not start, the lesson has no points and `error` says why.
 */
export async function gradeLessons(
  name: string,
  lessons: readonly { readonly claims: LessonClaims; readonly target: Target }[],
  options: GradeOptions,
): Promise<GradeResult> {
  const startedAt = new Date();
  const errors = new Set<string>();
  const results = [];
  for (const { claims: lesson, target } of lessons) {
    const problem = await whyNotStarting(target);
    if (problem !== undefined) errors.add(`${target.name}: ${problem}`);
    const rows = await inParallel(lesson.claims, options.parallel ?? 2, async (claim) => {
      const row = problem === undefined
        ? await gradeClaim(lesson, claim, target, options.seed)
        : claimResult(lesson, claim, notStarted(problem), 0);
      options.onClaim?.(row);
      return row;
    });
    results.push({ lesson: lesson.lesson, name: lesson.folder, ...totals(rows), claims: rows });
  }
  return {
    schema: SCHEMA,
    target: name,
    seed: options.seed,
    started_at: startedAt.toISOString(),
    duration_ms: Date.now() - startedAt.getTime(),
    ...totals(results),
    error: [...errors].join("; "),
    lessons: results,
  };
}

async function gradeClaim(
  lesson: LessonClaims,
  claim: Claim,
  target: Target,
  seed: number,
): Promise<ClaimResult> {
  for (let tries = 1;; tries++) {
    const verdict = await tryClaim(claim, target, seed).catch((error) => {
      if (error instanceof TargetError) return notStarted(error.message);
      throw error;
    });
    if (verdict.status !== "inconclusive" || tries === MOST_TRIES) {
      return claimResult(lesson, claim, verdict, tries);
    }
  }
}

function notStarted(why: string): Verdict {
  return { status: "fail", measured: `the server did not start: ${why}`, steps: [] };
}

/** Starts the target once, so that one that cannot start is found out once, and not in each claim. */
async function whyNotStarting(target: Target): Promise<string | undefined> {
  try {
    await (await RunningServer.start(target)).stop();
  } catch (error) {
    if (error instanceof TargetError) return error.message;
    throw error;
  }
}

/** Does the work for each item, so many at a time; the results are in the order of the items. */
async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}
