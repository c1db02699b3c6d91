/** Grades many servers at once, for the tests of the grader itself. */
import type { Claim, LessonClaims } from "../grader/experiment/claims.ts";
import { inParallel } from "../grader/grading/in_parallel.ts";
import type { Target } from "../grader/server/target.ts";
import { tryClaim } from "../grader/experiment/try_claim.ts";
import { tryUntilClear } from "../grader/experiment/try_until_clear.ts";
import type { Verdict } from "../grader/experiment/verdict.ts";

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

/** Tries every claim of each pair; the results are in the order of the pairs and their claims. */
export async function tryAll(pairs: readonly Pair[], lanes = LANES): Promise<Tried[][]> {
  const results: Tried[][] = pairs.map(() => []);
  const work = pairs.flatMap(({ claims, target }, pair) =>
    claims.claims.map((claim, row) => ({ claim, target, pair, row }))
  );
  // From the end, since the last claim of a lesson takes longest, and is not to be waited for.
  await inParallel(work.toReversed(), lanes, async ({ claim, target, pair, row }) => {
    results[pair][row] = await tried(claim, target);
  });
  return results;
}

/** Tries claims until one fails, and returns it; undefined when none does. */
export async function firstFailure({ claims, target }: Pair): Promise<Tried | undefined> {
  for (const claim of claims.claims) {
    const one = await tried(claim, target);
    if (one.verdict.status === "fail") return one;
  }
}

async function tried(claim: Claim, target: Target): Promise<Tried> {
  return { claim, verdict: (await tryUntilClear(() => tryClaim(claim, target))).verdict };
}
