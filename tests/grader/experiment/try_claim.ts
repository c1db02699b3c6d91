/** One try of one claim: its experiment, the verdict, and the verdict as text. */
import { ConnectionLost } from "../clients/client.ts";
import type { Claim } from "./claims.ts";
import { CLOSES } from "./claim_failed.ts";
import { ClaimFailed, Experiment, Inconclusive } from "./experiment.ts";
import { afterFairTime } from "./fair_time.ts";
import { anySeed, seededRandom } from "./random.ts";
import { seen } from "./seen.ts";
import { fittingHint } from "../submission/fitting_hint.ts";
import { OutOfTime, outOfTime, runningThreads } from "./out_of_time.ts";
import type { Target } from "../server/target.ts";
import type { Verdict } from "./verdict.ts";

/** For one try of one claim, on a machine that has nothing else to do; a server that is slow takes minutes. */
const LIMIT_MS = 120_000;

/**
 * Runs the claim's experiment on the target once.
 *
 * @param seed what the experiment draws its values from.
 * @throws TargetError when the target cannot be started.
 */
export async function tryClaim(
  claim: Pick<Claim, "id" | "experiment">,
  target: Target,
  seed = anySeed(),
): Promise<Verdict> {
  const startMs = performance.now();
  const t = new Experiment(target, seededRandom(seed, claim.id));
  const { promise: late, reject } = Promise.withResolvers<never>();
  const running = () => runningThreads(t);
  const endLimit = afterFairTime(LIMIT_MS, running, (clockMs) => reject(new OutOfTime(clockMs)));
  try {
    const verdict = await Promise.race([claim.experiment(t), late])
      .then((measured): Verdict => ({ status: "pass", measured, steps: t.steps }))
      .catch((error) => verdictOf(error, t));
    // What the clean-up does is not part of it.
    const about = { steps: [...t.steps], seen: seen(t.steps, t.servers) };
    await t.end();
    const said = t.servers.flatMap((server) => server.said);
    return { ...verdict, ...about, said, durationMs: performance.now() - startMs };
  } finally {
    endLimit();
    await t.end();
  }
}

function verdictOf(error: unknown, t: Experiment): Verdict {
  const { steps } = t;
  if (error instanceof ClaimFailed) {
    const hint = fittingHint(error.hint, t.target);
    return { status: "fail", measured: error.message, hint, steps };
  }
  if (error instanceof ConnectionLost) {
    return { status: "fail", measured: error.message, hint: CLOSES, steps };
  }
  if (error instanceof OutOfTime) return outOfTime(t, error, LIMIT_MS);
  if (error instanceof Inconclusive) {
    return { status: "inconclusive", measured: error.message, steps };
  }
  throw error;
}

/** A verdict with its steps, for a person. */
export function failureText({ status, measured, hint, steps }: Verdict): string {
  const lines = steps.map(({ atMs, who, what }, i) =>
    `${String(i + 1).padStart(4)}. ${atMs.toFixed(0).padStart(5)} ms  ${who} ${what}`
  );
  return [`${status}: ${measured}`, ...lines, hint === undefined ? "" : `hint: ${hint}`].join("\n");
}
