/** Whether a target can be tried at all, found out once and not by every claim. */
import type { LessonClaims } from "../experiment/claims.ts";
import { firstRequestFails } from "../experiment/first_request.ts";
import type { Tried } from "../experiment/try_until_clear.ts";
import type { Verdict } from "../experiment/verdict.ts";
import { type Target, TargetError } from "../server/target.ts";
import { adviceOn, explanation } from "../submission/advice.ts";

/** A lesson, and what is graded by its claims. */
export interface LessonTarget {
  readonly claims: LessonClaims;
  readonly target: Target;
  /** Why it need not be started at all, such as that there is no such file. */
  readonly problem?: string;
  /** Why no claim needs to be tried, though nothing is wrong: what all of them would say. */
  readonly untried?: string;
}

/** Why the claims of a lesson are not tried. */
export interface NotTried {
  /** It does not start: why. Undefined: it starts, and does not answer. */
  readonly problem?: string;
  /** What stands for the lesson's claim `at`. */
  readonly tried: (at: number) => Tried;
}

/** Starts the target and asks for a first reply; undefined when there was one. */
export async function whyNotTried(
  { claims: { lesson }, target, problem: known, untried }: LessonTarget,
): Promise<NotTried | undefined> {
  if (untried !== undefined) return { tried: () => notTried(untried) };
  const { problem, verdict } = known === undefined ? await firstOf(target) : { problem: known };
  if (problem !== undefined) {
    const verdict = withAdvice(notStarted(problem), target, lesson);
    return { problem, tried: () => ({ verdict, ...UNTRIED }) };
  }
  if (verdict === undefined) return undefined;
  return { tried: (at) => unanswered(withAdvice(verdict, target, lesson), at) };
}

/** The verdict on a claim of a server that did not start. */
export function notStarted(why: string): Verdict {
  return { status: "fail", measured: `the server did not start: ${why}`, steps: [] };
}

const UNTRIED = { tries: 0, durationMs: 0 };

function notTried(measured: string): Tried {
  return { verdict: { status: "fail", measured, steps: [] }, ...UNTRIED };
}

async function firstOf(target: Target): Promise<{ problem?: string; verdict?: Verdict }> {
  try {
    return { verdict: await firstRequestFails(target) };
  } catch (error) {
    // A bug in the asking says nothing about the server, and is no reason not to go on.
    if (!(error instanceof TargetError)) return {};
    const advice = target.kind === "file" ? explanation(error.message) : "";
    return { problem: advice === "" ? error.message : `${error.message} (${advice})` };
  }
}

/** The first claim tells what happened; the others were not tried because of it. */
function unanswered(verdict: Verdict, at: number): Tried {
  if (at === 0) return { verdict, tries: 1, durationMs: verdict.durationMs ?? 0 };
  const measured = `not tried, since the first request got no reply: ${verdict.measured}`;
  return { verdict: { ...verdict, measured, steps: [], said: [] }, ...UNTRIED };
}

/** Where nothing is answered, what the file tells is to the point, and the usual hint is not. */
function withAdvice(verdict: Verdict, target: Target, lesson: number): Verdict {
  const hint = adviceOn(target, lesson, verdict);
  return hint === "" ? verdict : { ...verdict, hint };
}
