/**
 * `deno task grade`: grades an exercise, a model, any file or any program by the claims of the
 * lessons, and says what was seen. The result is for a person on standard output, and for platforms
 * in files.
 */
import { UsageError } from "../../lessons/tools/flags.ts";
import { printPages } from "../../lessons/tools/pages.ts";
import { colourFor, complain, print } from "../../lessons/tools/screen.ts";
import type { LessonClaims } from "./experiment/claims.ts";
import { GRADE_HELP, type GradeRequest, parseGradeArguments } from "./grading/grade_arguments.ts";
import { allLessons, checkHere } from "./grading/check_here.ts";
import { gradeLessons } from "./grading/grade_lessons.ts";
import {
  gradedFile,
  lessonsWithExercise,
  lessonTargets,
  subjectName,
} from "./grading/lesson_targets.ts";
import { claimsNamed, lessonsNamed } from "./grading/named.ts";
import { plainText } from "./report/plain_text.ts";
import { procExists } from "./server/proc.ts";
import { recordProgress } from "./report/progress.ts";
import { anySeed } from "./experiment/random.ts";
import { checkWritable, writeReports } from "./report/files.ts";
import type { Subject } from "./grading/subject.ts";
import { Progress } from "./report/under_way.ts";
import type { GradeResult } from "./report/result.ts";
import { changesText, exercisesText } from "./report/student.ts";
import { listText, reportText } from "./report/text.ts";
import { typedIn } from "./grading/typed_in.ts";
import { forStudents, hiddenText, rowForStudents } from "./report/students_eyes.ts";
import { runMain } from "./grading/run_main.ts";
import { exerciseSources, withoutUntouched } from "./grading/untouched.ts";
import { removeScratch } from "./submission/scratch.ts";
import { FileWatch } from "../../lessons/tools/watch_files.ts";

const NEEDS_LINUX = "grading needs Linux: it sees a server's threads and sockets in /proc; " +
  "elsewhere open the project in its dev container, or in WSL on Windows (see lessons/README.md)";

/** Runs the command line. Returns the exit code. */
async function main(): Promise<number> {
  const request = parseGradeArguments(Deno.args, typedIn());
  colourFor(Deno.stdout);
  if (request.action === "help") {
    await printPages(GRADE_HELP);
    return 0;
  }
  const all = await allLessons(request.claims);
  const lessons = claimsNamed(lessonsNamed(all, request.lessons), request.ids);
  if (request.action === "list") {
    print(listText(lessons));
    return 0;
  }
  if (!procExists) throw new UsageError(NEEDS_LINUX);
  checkWritable(request.outputs);
  const { subject } = request;
  const graded = subject.kind === "exercise" && request.lessons.length === 0
    ? lessonsWithExercise(lessons)
    : lessons;
  if (request.watch) return await gradeOnSave(request, graded);
  return exitCode(request, await gradeOnce(request, graded));
}

async function gradeOnce(
  request: GradeRequest,
  lessons: readonly LessonClaims[],
): Promise<GradeResult> {
  const sources = await exerciseSources(request.subject, lessons);
  const targets = withoutUntouched(await lessonTargets(lessons, request.subject), sources);
  await checkHere(request.subject, request.claims, targets);
  const total = targets.reduce((sum, { claims }) => sum + claims.claims.length, 0);
  const out = request.outputs.some(({ path }) => path === "-") ? Deno.stderr : Deno.stdout;
  colourFor(Deno.stderr);
  const progress = new Progress(Deno.stderr, total);
  const result = await gradeLessons(subjectName(targets), targets, {
    seed: request.seed ?? anySeed(),
    onStart: progress.start,
    onClaim: (row) => progress.claim(isOpen(request) ? rowForStudents(row) : row),
  });
  progress.end();
  removeScratch();
  const isWhole = request.claims === undefined && request.ids.length === 0;
  if (request.subject.kind === "exercise" && isWhole) await recordProgress(result);
  await writeReports(result, request.outputs);
  const errors = result.lessons.map(({ error }) => error).filter((error) => error !== "");
  for (const error of new Set(errors)) complain(error);
  if (errors.length < result.lessons.length) {
    colourFor(out);
    const seen = isOpen(request) ? forStudents(result) : result;
    print(textOf(request, seen, sources) + (isOpen(request) ? hiddenText(result) : ""), out);
  }
  return result;
}

/** Whether students see what is printed: Classroom 50 grades in their own repository. */
function isOpen({ outputs }: GradeRequest): boolean {
  return outputs.some(({ format }) => format === "classroom50");
}

function exitCode({ exitZero }: GradeRequest, { score, max_score, lessons }: GradeResult): number {
  if (exitZero) return 0;
  if (lessons.some(({ error }) => error !== "")) return 2;
  return score === max_score ? 0 : 1;
}

/** The report; for one's own exercise also how to begin, or what comes next. */
function textOf(
  { subject, steps }: GradeRequest,
  result: GradeResult,
  sources: readonly string[],
): string {
  return subject.kind === "exercise"
    ? exercisesText(result, sources, steps)
    : reportText(result, { steps, again: againFlags(subject) });
}

/** What stands on the command line to grade the same thing again. */
function againFlags(subject: Subject): string | undefined {
  if (subject.kind === "exercise") return undefined;
  if (subject.kind === "reference") return "--reference";
  return subject.kind === "file" ? `--file ${subject.typed}` : `--command "${subject.command}"`;
}

/** Grades now and after each save, until a signal ends the program. */
async function gradeOnSave(
  request: GradeRequest,
  lessons: readonly LessonClaims[],
): Promise<never> {
  const files = lessons.map((lesson) => gradedFile(lesson, request.subject) ?? "");
  const watch = new FileWatch(files);
  let before: GradeResult | undefined;
  for (;;) {
    const result = await gradeOnce(request, lessons);
    if (before !== undefined) print(changesText(before, result));
    before = result;
    print(`\nwaiting for a save; Ctrl-C ends\n`);
    const name = await watch.saved();
    const time = new Date().toTimeString().slice(0, 8);
    print(`\n${"─".repeat(80)}\n${time}  ${plainText(name, 40)} was saved: graded again\n`);
  }
}

await runMain(import.meta, main);
