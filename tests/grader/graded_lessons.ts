/** Which lessons a command line means, and what is graded in each. */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { UsageError } from "../../lessons/tools/flags.ts";
import { bubblewrapWorks } from "./bubblewrap.ts";
import { type LessonClaims, referenceTarget, startsProcesses } from "./claims.ts";
import type { Subject } from "./grade_arguments.ts";
import type { LessonTarget } from "./grade_lessons.ts";
import { checkSubmission } from "./submission.ts";
import type { Target } from "./target.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Picks the lessons that were named.
 *
 * @param numbers empty: all that there are.
 * @throws UsageError when there is no such lesson.
 */
export function lessonsNamed(
  all: readonly LessonClaims[],
  numbers: readonly number[],
): readonly LessonClaims[] {
  const known = all.map(({ lesson }) => lesson);
  const unknown = numbers.find((number) => !known.includes(number));
  if (unknown !== undefined) {
    throw new UsageError(`there is no lesson ${unknown}; there are ${known.join(", ")}`);
  }
  return numbers.length === 0 ? all : all.filter(({ lesson }) => numbers.includes(lesson));
}

/** The file that is graded in a lesson; undefined for a command. */
export function gradedFile({ lesson, folder }: LessonClaims, subject: Subject): string | undefined {
  if (subject.kind === "command") return undefined;
  if (subject.kind === "file") return subject.path;
  if (subject.kind === "reference") return fileURLToPath(urlOf(referenceTarget(lesson)));
  return join(ROOT, `lessons/${folder}/exercise.ts`);
}

/** Those of the lessons that have an exercise. */
export function lessonsWithExercise(lessons: readonly LessonClaims[]): readonly LessonClaims[] {
  const having = lessons.filter((one) => whyNotAFile(gradedFile(one, { kind: "exercise" })) === "");
  if (having.length === 0) throw new UsageError("no lesson has an exercise.ts");
  return having;
}

/**
 * What is graded in each lesson. A file that is not there, or that may not be graded, is a problem to
 * be reported, like one that does not start: a platform still wants a result.
 */
export async function lessonTargets(
  lessons: readonly LessonClaims[],
  subject: Subject,
): Promise<LessonTarget[]> {
  return await Promise.all(lessons.map((claims) => lessonTarget(claims, subject)));
}

async function lessonTarget(claims: LessonClaims, subject: Subject): Promise<LessonTarget> {
  if (subject.kind === "reference") return { claims, target: referenceTarget(claims.lesson) };
  if (subject.kind === "command") {
    const { command, sandbox } = subject;
    return { claims, target: { kind: "command", name: command, command, sandbox } };
  }
  const path = gradedFile(claims, subject) ?? "";
  const name = subject.kind === "file" ? subject.typed : `lessons/${claims.folder}/exercise.ts`;
  const missing = whyNotAFile(path);
  if (missing !== "") return { claims, target: fileTarget(name, path), problem: missing };
  const checked = await checkSubmission(path);
  if ("refused" in checked) {
    return { claims, target: fileTarget(name, path), problem: checked.refused };
  }
  const target = { ...checked.target, name };
  if (!startsProcesses(claims.lesson)) return { claims, target };
  // Who may start processes may leave Deno's sandbox, so such a file is run in another one.
  if (bubblewrapWorks()) return { claims, target: { ...target, processes: "boxed" } };
  // One's own exercise, which `deno task lesson6 --exercise` runs as well.
  if (subject.kind === "exercise") return { claims, target: { ...target, processes: "trusted" } };
  const problem = `lesson ${claims.lesson} starts processes, which nothing here could hold in; ` +
    "it takes Linux and bubblewrap 0.7 or later";
  return { claims, target, problem };
}

function fileTarget(name: string, path: string): Target {
  return { kind: "file", name, url: pathToFileURL(path).href };
}

function urlOf(target: Target): string {
  return target.kind === "file" ? target.url : "";
}

/** @returns "" when it is one. */
function whyNotAFile(path = ""): string {
  try {
    return Deno.statSync(path).isDirectory ? "is a folder, not a file" : "";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "there is no such file";
    return `cannot be read: ${(error as Error).message}`;
  }
}

/** What was graded, for the result. */
export function subjectName(targets: readonly LessonTarget[]): string {
  return [...new Set(targets.map(({ target }) => target.name))].join(", ");
}
