/** `deno task grade-all`: grades a folder of submissions. What is done is kept, and not done again. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../lessons/tools/flags.ts";
import { complain, print } from "../../lessons/tools/screen.ts";
import { endOnSignal } from "./end_on_signal.ts";
import { fingerprint } from "./fingerprint.ts";
import {
  GRADE_ALL_HELP,
  type GradeAllRequest,
  parseGradeAllArguments,
  resultsFolder,
} from "./grade_all_arguments.ts";
import { inParallel } from "./grade_lessons.ts";
import { gradeStudent, removeUnderWay } from "./grade_student.ts";
import { type StudentResult, summaryCsv, summaryJson } from "./grade_summary.ts";
import { lessonsNamed } from "./graded_lessons.ts";
import { LESSONS } from "./lessons.ts";
import { withOwnClaims } from "./own_claims.ts";
import { plainText } from "./plain_text.ts";
import { writeWhole } from "./report_files.ts";
import { type GradeResult, SCHEMA, totals } from "./result.ts";
import { runMain } from "./run_main.ts";
import { type Submission, submissionsIn } from "./submissions.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What came of one submission. */
interface Outcome {
  readonly kept: StudentResult;
  readonly how: "graded" | "as before" | "not graded";
}

async function main(): Promise<number> {
  const request = parseGradeAllArguments(Deno.args, Deno.env.get("INIT_CWD") ?? Deno.cwd());
  if (request === undefined) {
    print(GRADE_ALL_HELP);
    return 0;
  }
  const [lesson] = lessonsNamed(LESSONS, [request.lesson]);
  // Errors in them are found once, and not for each student.
  if (request.claims !== undefined) await withOwnClaims(LESSONS, request.claims);
  const { submissions, ignored } = submissionsIn(request.folder, request.lesson);
  if (ignored.length > 0) complain(plainText(`not submissions: ${ignored.join(", ")}`, 300));
  makeFolder(resultsFolder(request.out));
  endOnSignal(removeUnderWay);
  const grader = graderFingerprint(request, lesson.folder);
  let done = 0;
  const outcomes = await inParallel(submissions, request.parallel, async (submission) => {
    const startMs = Date.now();
    const outcome = await gradeOrKeep(submission, request, grader);
    const seconds = ((Date.now() - startMs) / 1000).toFixed(1);
    print(`${`${++done}`.padStart(4)}/${submissions.length}  ${line(outcome)}  ${seconds} s\n`);
    return outcome;
  });
  return finish(request, outcomes);
}

function makeFolder(path: string): void {
  try {
    Deno.mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UsageError(`--out: cannot make ${path}: ${(error as Error).message.split("\n")[0]}`);
  }
}

/** Everything but the submission on which the result depends. */
function graderFingerprint({ lesson, claims, seed }: GradeAllRequest, folder: string): string {
  const files = ["models", "tests/grader", `tests/lesson${lesson}_test.ts`].concat(
    ["lessons/tools", `lessons/${folder}/README.md`, "deno.json"],
  );
  const paths = [...files.map((path) => join(ROOT, path)), ...(claims ? [claims] : [])];
  return fingerprint(paths, [Deno.version.deno, `${lesson}`, `${seed}`]);
}

async function gradeOrKeep(
  submission: Submission,
  request: GradeAllRequest,
  grader: string,
): Promise<Outcome> {
  const { student, file: handedIn, folder } = submission;
  const file = join(resultsFolder(request.out), `${student}.json`);
  try {
    const mark = fingerprint([folder ?? handedIn], [grader]);
    const before = readResult(file);
    if (!request.again && before?.fingerprint === mark) return { kept: before, how: "as before" };
    const result = await gradeStudent(submission, request);
    const kept = { student, fingerprint: mark, result };
    writeWhole(file, JSON.stringify(kept, null, 2) + "\n");
    return { kept, how: "graded" };
  } catch (error) {
    const result = noResult(student, error);
    return { kept: { student, fingerprint: "", result }, how: "not graded" };
  }
}

function readResult(file: string): StudentResult | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(file));
  } catch {
    return undefined;
  }
}

/** The grader failed: there are no points, and the next run tries again. */
function noResult(student: string, error: unknown): GradeResult {
  const why = plainText(error instanceof Error ? error.message : String(error), 300);
  const started_at = new Date().toISOString();
  const rest = { seed: 0, started_at, duration_ms: 0, error: why, lessons: [] };
  return { schema: SCHEMA, target: plainText(student, 100), ...totals([]), ...rest };
}

function line({ kept: { student, result }, how }: Outcome): string {
  const points = how === "not graded" ? how : `${result.score}/${result.max_score}`;
  const error = result.error === "" ? "" : `  ${plainText(result.error, 100)}`;
  return `${plainText(student, 40).padEnd(16)} ${points.padStart(7)}${error}` +
    (how === "as before" ? "  (as before)" : "");
}

function finish({ lesson, out }: GradeAllRequest, outcomes: readonly Outcome[]): number {
  const results = outcomes.map(({ kept }) => kept);
  writeWhole(join(out, "summary.json"), summaryJson(lesson, results));
  writeWhole(join(out, "summary.csv"), summaryCsv(results));
  const count = (how: Outcome["how"]) => outcomes.filter((one) => one.how === how).length;
  const failed = count("not graded");
  print(
    `${outcomes.length} students: ${count("graded")} graded, ${count("as before")} as before` +
      `${failed > 0 ? `, ${failed} not graded` : ""}; see ${join(out, "summary.csv")}\n`,
  );
  return failed > 0 ? 1 : 0;
}

if (import.meta.main) await runMain(main, removeUnderWay);
