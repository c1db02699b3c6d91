/**
 * One claim's experiment, told while it goes on: `prove.ts 4.P1 --reference`. The lab starts it and
 * draws what it says, a JSON object a line: the events of lanes, the experiment's steps among them, and
 * at the end the verdict with the client that decided it. It is the grader's own experiment, and the
 * same verdict.
 */
import { parseFlags, shortened, UsageError } from "../../lessons/tools/flags.ts";
import { print } from "../../lessons/tools/screen.ts";
import type { Claim } from "./experiment/claims.ts";
import { tryClaim } from "./experiment/try_claim.ts";
import { tryUntilClear } from "./experiment/try_until_clear.ts";
import type { Verdict } from "./experiment/verdict.ts";
import { lessonTargets } from "./grading/lesson_targets.ts";
import { LESSONS } from "./grading/lessons.ts";
import { runMain } from "./grading/run_main.ts";
import { SUBJECT_FLAGS, subjectOf } from "./grading/subject.ts";
import { watched } from "./proving/watched.ts";
import { plainText } from "./report/plain_text.ts";
import { type Target, TargetError } from "./server/target.ts";
import { removeScratch } from "./submission/scratch.ts";

const PROGRAM = "prove.ts";
/** What is said of a verdict, at most. */
const MOST_CHARACTERS = 400;

/** @returns the exit code: 0 for a pass, 1 otherwise. */
async function main(): Promise<number> {
  const { values, words: [id = "", ...others] } = parseFlags(SUBJECT_FLAGS, Deno.args, PROGRAM);
  const lesson = LESSONS.find(({ claims }) => claims.some((claim) => claim.id === id));
  const claim = lesson?.claims.find((one) => one.id === id);
  if (lesson === undefined || claim === undefined || others.length > 0) {
    throw new UsageError(`'${shortened(id)}' is not one claim, such as 4.P1`);
  }
  const [{ target, problem }] = await lessonTargets([lesson], subjectOf(values, Deno.cwd()));
  const verdict = problem === undefined
    ? await proved(claim, target)
    : { status: "fail", measured: problem, steps: [] } as const;
  removeScratch();
  return verdict.status === "pass" ? 0 : 1;
}

/** Runs the experiment, as often as the grader would. */
async function proved(claim: Claim, target: Target): Promise<Verdict> {
  const teller = watched(claim, (event) => tell(event));
  const { verdict } = await tryUntilClear(() =>
    tryClaim(teller.claim, target).catch((error): Verdict => {
      if (!(error instanceof TargetError)) throw error;
      return { status: "fail", measured: `the server did not start: ${error.message}`, steps: [] };
    })
  );
  const { status, measured, hint = "" } = verdict;
  const [plain, plainHint] = [measured, hint].map((text) => plainText(text, MOST_CHARACTERS));
  tell({
    source: "verdict",
    status,
    measured: plain,
    hint: plainHint,
    ...teller.decider(measured),
  });
  return verdict;
}

function tell(what: unknown): void {
  print(`${JSON.stringify(what)}\n`);
}

await runMain(import.meta, main);
