/** Grades one target in one or more lessons: every claim of each, several at the same time. */
import { type Claim, type LessonClaims, tryClaim, type Verdict } from "./claims.ts";
import { plainText } from "./plain_text.ts";
import { type ClaimResult, claimResult, type GradeResult, SCHEMA, totals } from "./result.ts";
import { RunningServer, type Target, TargetError } from "./target.ts";

/** How a grading is run. */
export interface GradeOptions {
  readonly seed: number;
  /** Experiments under way at once. Most of an experiment is waiting. Default: 2. */
  readonly parallel?: number;
  /** Called when a claim's experiment begins, again for each new try. */
  readonly onStart?: (claim: Claim) => void;
  /** Called with each row as it is known. */
  readonly onClaim?: (row: ClaimResult) => void;
}

/** A lesson, and what is graded by its claims. */
export interface LessonTarget {
  readonly claims: LessonClaims;
  readonly target: Target;
  /** Why it need not be started at all, such as that there is no such file. */
  readonly problem?: string;
}

/** An experiment that cannot tell is run again, so often in all. */
const MOST_TRIES = 3;
/** After so long no experiment of a lesson is begun any more; on two idle cores a lesson takes 4 s. */
const LESSON_LIMIT_MS = 120_000;
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
  const results = [];
  for (const { claims: lesson, target, problem: known } of lessons) {
    const problem = known ?? await whyNotStarting(target);
    const error = problem === undefined ? "" : problemText(target, problem);
    const endMs = Date.now() + LESSON_LIMIT_MS;
    // The last claim of a lesson takes longest by far, so it is begun first.
    const last = lesson.claims.toReversed();
    const rows = await inParallel(last, options.parallel ?? 2, async (claim) => {
      const row = problem === undefined
        ? await gradeClaim(lesson, claim, target, endMs, options)
        : claimResult(lesson, claim, notStarted(problem), 0);
      options.onClaim?.(row);
      return row;
    });
    rows.reverse();
    const about = { lesson: lesson.lesson, name: lesson.folder, ...totals(rows), error };
    results.push({ ...about, claims: rows });
  }
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

async function gradeClaim(
  lesson: LessonClaims,
  claim: Claim,
  target: Target,
  endMs: number,
  { seed, onStart }: GradeOptions,
): Promise<ClaimResult> {
  for (let tries = 1;; tries++) {
    if (Date.now() > endMs) return claimResult(lesson, claim, tooLate(), tries - 1);
    onStart?.(claim);
    const verdict = await tryClaim(claim, target, seed).catch((error) =>
      error instanceof TargetError ? notStarted(error.message) : broken(error)
    );
    if (verdict.status !== "inconclusive" || tries === MOST_TRIES) {
      return claimResult(lesson, claim, verdict, tries);
    }
  }
}

function notStarted(why: string): Verdict {
  return { status: "fail", measured: `the server did not start: ${why}`, steps: [] };
}

function tooLate(): Verdict {
  const measured = `not tried to the end: the lesson took over ${LESSON_LIMIT_MS / 1000} s`;
  return { status: "inconclusive", measured, steps: [] };
}

/** A bug in an experiment says nothing about the server. */
function broken(error: unknown): Verdict {
  return { status: "inconclusive", measured: `the experiment broke: ${error}`, steps: [] };
}

/** One line on a target that cannot be graded. */
function problemText({ name }: Target, problem: string): string {
  const text = problem.startsWith(name) ? problem : `${name}: ${problem}`;
  return plainText(text, MOST_CHARACTERS);
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
export async function inParallel<T, R>(
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
