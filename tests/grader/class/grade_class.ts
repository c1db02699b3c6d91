/** Grades a class by the claims of one lesson: everyone of the part, and what is unclear once more. */
import { complain, print } from "../../../lessons/tools/screen.ts";
import type { LessonClaims } from "../experiment/claims.ts";
import { unclearIds } from "../grading/ask_again.ts";
import { checkLesson } from "../grading/check_here.ts";
import { type GradeAllRequest, resultsFolder } from "../grading/grade_all_arguments.ts";
import { inParallel } from "../grading/in_parallel.ts";
import { askAgain, gradeOrKeep, type Outcome } from "../grading/outcome.ts";
import { plainText } from "../report/plain_text.ts";
import type { About } from "../report/summary.ts";
import { type Submission, submissionsIn } from "../submission/submissions_folder.ts";
import { graderIdentity, identityText } from "./grader_identity.ts";
import { LikenessReport } from "./likeness_report.ts";
import { partOf, WHOLE } from "./part.ts";
import { writeRun } from "./run_file.ts";
import { makeFolder } from "./tables.ts";
import { TimeLeft } from "./time_left.ts";

/** What came of it. */
export interface GradedClass {
  readonly outcomes: readonly Outcome[];
  /** What is known of each by the name, besides the result. */
  readonly about: ReadonlyMap<string, About>;
}

/** Grades who is in the part, or keeps what there is of them, and says so on screen. */
export async function gradeClass(
  request: GradeAllRequest,
  lesson: LessonClaims,
): Promise<GradedClass> {
  const { submissions: named, ignored } = submissionsIn(request.folder, lesson.lesson);
  const submissions = request.codes?.of(named) ?? named;
  if (ignored.length > 0) complain(plainText(`not submissions: ${ignored.join(", ")}`, 300));
  makeFolder(resultsFolder(request.out));
  await checkLesson(lesson, request.claims);
  const { part } = request;
  const identity = graderIdentity(request, lesson.folder);
  const notes = notesOf(submissions);
  const students = submissions.map(({ student }) => student);
  await writeRun(request.out, { grader: identity, part, students, notes });
  const own = submissions.filter(({ student }) => partOf(student, part.of) === part.number);
  const outcomes = await gradeAll(own, request, identityText(identity));
  const about = new Map<string, About>(
    Object.entries(notes).map(([student, note]) => [student, { note }]),
  );
  // A part is not compared with the others: that is done when they are joined.
  if (part === WHOLE) {
    const likeness = await LikenessReport.of(lesson.lesson, own);
    await likeness.write(request.out);
    for (const [student, known] of likeness.about) {
      about.set(student, { ...about.get(student), ...known });
    }
  }
  return { outcomes: await askUnclearAgain(outcomes, own, request), about };
}

function notesOf(submissions: readonly Submission[]): Record<string, string> {
  const noted = submissions.filter(({ note }) => note !== "");
  return Object.fromEntries(noted.map(({ student, note }) => [student, note]));
}

async function gradeAll(
  submissions: readonly Submission[],
  request: GradeAllRequest,
  grader: string,
): Promise<Outcome[]> {
  const left = new TimeLeft(submissions.length);
  let done = 0;
  return await inParallel(submissions, request.parallel, async (submission) => {
    const startMs = Date.now();
    const outcome = await gradeOrKeep(submission, request, grader);
    const seconds = ((Date.now() - startMs) / 1000).toFixed(1);
    left.done(outcome.how !== "as before");
    const number = `${++done}`.padStart(4);
    print(`${number}/${submissions.length}  ${line(outcome)}  ${seconds} s${left.text}\n`);
    return outcome;
  });
}

/** One after the other, and alone: what is still unclear then is said, and tried by the next run. */
async function askUnclearAgain(
  outcomes: readonly Outcome[],
  submissions: readonly Submission[],
  request: GradeAllRequest,
): Promise<Outcome[]> {
  const clear: Outcome[] = [];
  for (const [i, outcome] of outcomes.entries()) {
    const ids = unclearIds(outcome.kept.result);
    if (ids.length === 0) clear.push(outcome);
    else {
      const again = await askAgain(outcome, submissions[i], request, ids);
      print(`again, alone  ${line(again)}  (${ids.join(", ")})\n`);
      clear.push(again);
    }
  }
  return clear;
}

function line({ kept: { student, result }, how }: Outcome): string {
  const points = how === "not graded" ? how : `${result.score}/${result.max_score}`;
  const error = result.error === "" ? "" : `  ${plainText(result.error, 100)}`;
  const unclear = unclearIds(result).length;
  return `${plainText(student, 40).padEnd(16)} ${points.padStart(7)}${error}` +
    (unclear === 0 ? "" : `  (${unclear} inconclusive)`) +
    (how === "as before" ? "  (as before)" : "");
}
