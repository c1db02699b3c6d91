/**
 * `deno task grade`: grades an exercise, a model, any file or any program by the claims of the
 * lessons, and says what was seen. The result is for a person on standard output, and for platforms
 * in files.
 */
import { dirname } from "node:path";
import { UsageError } from "../../lessons/tools/flags.ts";
import { colourFor, complain, print } from "../../lessons/tools/screen.ts";
import type { LessonClaims } from "./claims.ts";
import { endOnSignal } from "./end_on_signal.ts";
import {
  GRADE_HELP,
  type GradeRequest,
  parseGradeArguments,
  type Subject,
} from "./grade_arguments.ts";
import { gradeLessons } from "./grade_lessons.ts";
import {
  gradedFile,
  lessonsNamed,
  lessonsWithExercise,
  lessonTargets,
  subjectName,
} from "./graded_lessons.ts";
import { LESSONS } from "./lessons.ts";
import { withOwnClaims } from "./own_claims.ts";
import { plainText } from "./plain_text.ts";
import { procExists } from "./proc.ts";
import { recordProgress } from "./progress.ts";
import { anySeed } from "./random.ts";
import { checkWritable, writeReports } from "./report_files.ts";
import { Progress } from "./report_progress.ts";
import { listText, reportText } from "./report_text.ts";
import { runMain } from "./run_main.ts";
import { isInProject, type Stage, stage } from "./stage.ts";
import { FileWatch } from "./watch_files.ts";

const NEEDS_LINUX = "grading needs Linux: it sees a server's threads and sockets in /proc; " +
  "elsewhere use a Linux container, or WSL on Windows";

/** The copy of a file from outside the project, while it is graded. */
let copy: Stage | undefined;

/** Runs the command line. Returns the exit code. */
async function main(): Promise<number> {
  // Where the command was typed: `deno task` itself changes to the project's folder.
  const request = parseGradeArguments(Deno.args, Deno.env.get("INIT_CWD") ?? Deno.cwd());
  colourFor(Deno.stdout);
  if (request.action === "help") {
    print(GRADE_HELP);
    return 0;
  }
  const all = request.claims === undefined ? LESSONS : await withOwnClaims(LESSONS, request.claims);
  const lessons = lessonsNamed(all, request.lessons);
  if (request.action === "list") {
    print(listText(lessons));
    return 0;
  }
  if (!procExists) throw new UsageError(NEEDS_LINUX);
  checkWritable(request.outputs);
  endOnSignal(() => copy?.remove());
  const { subject } = request;
  const graded = subject.kind === "exercise" && request.lessons.length === 0
    ? lessonsWithExercise(lessons)
    : lessons;
  return request.watch ? await gradeOnSave(request, graded) : await gradeOnce(request, graded);
}

async function gradeOnce(request: GradeRequest, lessons: readonly LessonClaims[]): Promise<number> {
  const targets = await lessonTargets(lessons, placed(request.subject));
  const total = targets.reduce((sum, { claims }) => sum + claims.claims.length, 0);
  const out = request.outputs.some(({ path }) => path === "-") ? Deno.stderr : Deno.stdout;
  colourFor(Deno.stderr);
  const progress = new Progress(Deno.stderr, total);
  const result = await gradeLessons(subjectName(targets), targets, {
    seed: request.seed ?? anySeed(),
    onStart: progress.start,
    onClaim: progress.claim,
  });
  progress.end();
  copy?.remove();
  if (request.subject.kind === "exercise" && !request.claims) await recordProgress(result);
  writeReports(result, request.outputs);
  const errors = result.lessons.map(({ error }) => error).filter((error) => error !== "");
  for (const error of new Set(errors)) complain(error);
  if (errors.length < result.lessons.length) {
    colourFor(out);
    print(reportText(result), out);
  }
  if (request.exitZero) return 0;
  return errors.length > 0 ? 2 : result.score === result.max_score ? 0 : 1;
}

/** A file from elsewhere is graded from a copy at which its imports of the models' parts work. */
function placed(subject: Subject): Subject {
  if (subject.kind !== "file" || isInProject(subject.path)) return subject;
  copy = stage(subject.path, dirname(subject.path));
  return { ...subject, path: copy.path };
}

/** Grades now and after each save, until a signal ends the program. */
async function gradeOnSave(
  request: GradeRequest,
  lessons: readonly LessonClaims[],
): Promise<never> {
  const files = lessons.map((lesson) => gradedFile(lesson, request.subject) ?? "");
  const watch = new FileWatch(files);
  for (;;) {
    await gradeOnce(request, lessons);
    print(`\nwaiting for a save; Ctrl-C ends\n`);
    const name = await watch.saved();
    const time = new Date().toTimeString().slice(0, 8);
    print(`\n${"─".repeat(80)}\n${time}  ${plainText(name, 40)} was saved: graded again\n`);
  }
}

if (import.meta.main) await runMain(main, () => copy?.remove());
