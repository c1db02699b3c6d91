/** Grades many servers at once, for the tests of the grader itself. */
import { type Claim, type LessonClaims, tryClaim, type Verdict } from "./claims.ts";
import type { Target } from "./target.ts";

/** A server, and the lesson by which it is graded. */
export interface Pair {
  readonly claims: LessonClaims;
  readonly target: Target;
}

/** One claim, tried on one server. */
export interface Tried {
  readonly claim: Claim;
  readonly verdict: Verdict;
}

/** So many experiments at a time: an experiment waits for two thirds of its time. */
const LANES = 3 * navigator.hardwareConcurrency;
/** As when a student is graded. */
const MOST_TRIES = 3;

/** Tries every claim of each pair; the results are in the order of the pairs and their claims. */
export async function tryAll(pairs: readonly Pair[], lanes = LANES): Promise<Tried[][]> {
  const results: Tried[][] = pairs.map(() => []);
  const work = pairs.flatMap(({ claims, target }, pair) =>
    claims.claims.map((claim, row) => async () => {
      results[pair][row] = { claim, verdict: await tryUntilClear(claim, target) };
    })
  );
  const lane = async () => {
    // From the end, since the last claim of a lesson takes longest, and is not to be waited for.
    for (let next = work.pop(); next !== undefined; next = work.pop()) await next();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

/** Tries claims until one fails, and returns it; undefined when none does. */
export async function firstFailure({ claims, target }: Pair): Promise<Tried | undefined> {
  for (const claim of claims.claims) {
    const verdict = await tryUntilClear(claim, target);
    if (verdict.status === "fail") return { claim, verdict };
  }
}

async function tryUntilClear(claim: Claim, target: Target): Promise<Verdict> {
  for (let tries = 1;; tries++) {
    const verdict = await tryClaim(claim, target);
    if (verdict.status !== "inconclusive" || tries === MOST_TRIES) return verdict;
  }
}
