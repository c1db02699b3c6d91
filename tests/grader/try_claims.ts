/**
 * `deno task try-claims DIR`: tries claims of one's own before a class is marked by them. Each has to
 * hold for the lesson's own model, and has to fail for the untouched exercise, which serves nobody.
 */
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { flagHelp, onOff, parseFlags, UsageError } from "../../lessons/tools/flags.ts";
import { colourFor, print } from "../../lessons/tools/screen.ts";
import type { Claim, LessonClaims } from "./experiment/claims.ts";
import { anySeed } from "./experiment/random.ts";
import { allLessons } from "./grading/check_here.ts";
import { SEED } from "./grading/grader_flags.ts";
import { lessonTargets } from "./grading/lesson_targets.ts";
import { LESSONS } from "./grading/lessons.ts";
import { runMain } from "./grading/run_main.ts";
import { typedIn } from "./grading/typed_in.ts";
import type { Subject } from "./grading/subject.ts";
import { tryClaim } from "./experiment/try_claim.ts";
import { tryUntilClear } from "./experiment/try_until_clear.ts";
import type { Verdict } from "./experiment/verdict.ts";
import { plainText } from "./report/plain_text.ts";
import { type Target, TargetError } from "./server/target.ts";
import { isUntouched } from "./submission/advice.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = "deno task try-claims";
const MOST_CHARACTERS = 200;
/** For all tries of one claim. */
const LIMIT_MS = 300_000;
const TOO_LATE: Verdict = {
  status: "inconclusive",
  measured: "it takes over 5 minutes",
  steps: [],
};

const FLAGS = { seed: SEED, help: onOff("show this") };

const HELP = `Tries claims of your own on the lesson's model and on the untouched exercise.

usage: ${PROGRAM} DIR

DIR is what --claims gets. A claim has to hold for the model, and to fail for the
exercise that nobody has begun: one that holds for everybody measures nothing.

${flagHelp(FLAGS)}
Exit code: 0 when all claims are so; 1 when some are not: they are named; 2 when
the folder is not right.
`;

async function main(): Promise<number> {
  const { values, words } = parseFlags(FLAGS, Deno.args, PROGRAM);
  if (values.help) {
    print(HELP);
    return 0;
  }
  if (words.length !== 1) throw new UsageError(`one folder is needed; see: ${PROGRAM} --help`);
  colourFor(Deno.stdout);
  const seed = values.seed ?? anySeed();
  let wrong = 0, tried = 0;
  for (const lesson of await ownClaims(resolve(typedIn(), words[0]))) {
    const model = await verdictsOn(lesson, { kind: "reference" }, seed);
    const nobodys = await verdictsOn(lesson, untouched(lesson), seed);
    for (const [i, { id }] of lesson.claims.entries()) {
      const why = whyNot(model[i], nobodys[i]);
      print(`${id}  ${why === "" ? "as it should be" : why}\n`);
      tried++;
      if (why !== "") wrong++;
    }
  }
  print(`${tried} claims tried, ${wrong} not as they should be; seed ${seed}\n`);
  return wrong === 0 ? 0 : 1;
}

/** The lessons that have claims of one's own, with those alone. */
async function ownClaims(folder: string): Promise<LessonClaims[]> {
  const all = await allLessons(folder);
  const known = new Set(LESSONS.flatMap(({ claims }) => claims.map(({ id }) => id)));
  const own = all.map((lesson) => {
    return { ...lesson, claims: lesson.claims.filter(({ id }) => !known.has(id)) };
  }).filter(({ claims }) => claims.length > 0);
  if (own.length === 0) throw new UsageError(`there is no claim in ${folder}`);
  return own;
}

/** As everybody gets it. @throws UsageError when somebody has begun it. */
function untouched({ folder }: LessonClaims): Subject {
  const path = join(ROOT, "lessons", folder, "exercise.ts");
  if (!isUntouched(Deno.readTextFileSync(path))) {
    throw new UsageError(
      `lessons/${folder}/exercise.ts has been begun: put the untouched one there`,
    );
  }
  return { kind: "file", path, typed: "exercise.ts", within: path };
}

/** Each claim by itself: in a grading none is tried where the first request gets no reply. */
async function verdictsOn(
  lesson: LessonClaims,
  subject: Subject,
  seed: number,
): Promise<Verdict[]> {
  const [{ target, problem }] = await lessonTargets([lesson], subject);
  if (problem !== undefined) throw new UsageError(`${target.name}: ${problem}`);
  const verdicts: Verdict[] = [];
  for (const claim of lesson.claims) {
    const limit = { endMs: Date.now() + LIMIT_MS, tooLate: TOO_LATE };
    const { verdict } = await tryUntilClear(() => tryOnce(claim, target, seed), limit);
    verdicts.push(verdict);
  }
  return verdicts;
}

async function tryOnce(claim: Claim, target: Target, seed: number): Promise<Verdict> {
  return await tryClaim(claim, target, seed).catch((error) => {
    const status = error instanceof TargetError ? "fail" : "inconclusive";
    return { status, measured: `${error?.message ?? error}`, steps: [] };
  });
}

/** @returns what is wrong with a claim, in a line; "" when nothing is. */
function whyNot(model: Verdict, untouched: Verdict): string {
  const says = ({ measured }: Verdict) => plainText(measured, MOST_CHARACTERS);
  if (model.status === "fail") return `the model fails it: ${says(model)}`;
  if (model.status === "inconclusive") return `unclear for the model: ${says(model)}`;
  if (untouched.status === "pass") {
    return `everybody passes it, the untouched exercise too: ${says(untouched)}`;
  }
  return "";
}

await runMain(import.meta, main);
