/** Trying again: an experiment that cannot tell is repeated, but not for ever. */
import type { Verdict } from "./verdict.ts";

/** So often in all; of one that took too long, so often. */
const MOST_TRIES = 3, MOST_TOO_LONG = 2;

/** When no more try is begun. */
export interface TimeLimit {
  /** By the clock of `Date.now()`. */
  readonly endMs: number;
  /** The verdict when the time is over. */
  readonly tooLate: Verdict;
}

/** What came of some tries. */
export interface Tried {
  /** The last verdict. */
  readonly verdict: Verdict;
  readonly tries: number;
  /** All tries together. */
  readonly durationMs: number;
}

const NOT_TRIED: Omit<Tried, "verdict"> = { tries: 0, durationMs: 0 };

/**
 * Tries until the verdict is clear, or it has been tried often enough.
 *
 * @param attempt tries once.
 * @param before what came of earlier tries.
 * @param most tries in all, those before counted.
 */
export async function tryUntilClear(
  attempt: () => Promise<Verdict>,
  limit?: TimeLimit,
  before: Omit<Tried, "verdict"> = NOT_TRIED,
  most = MOST_TRIES,
): Promise<Tried> {
  const startMs = performance.now();
  for (let { tries } = before;;) {
    const durationMs = () => before.durationMs + performance.now() - startMs;
    if (limit !== undefined && Date.now() > limit.endMs) {
      return { verdict: limit.tooLate, tries, durationMs: durationMs() };
    }
    const verdict = await attempt();
    tries++;
    const enough = verdict.outOfTime ? Math.min(most, MOST_TOO_LONG) : most;
    if (verdict.status !== "inconclusive" || tries >= enough) {
      return { verdict, tries, durationMs: durationMs() };
    }
  }
}
