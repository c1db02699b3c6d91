/** What is graded in each lesson that a command line means. */
import { basename, isAbsolute, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { lessonOf, startsProcesses } from "../../../lessons/catalogue.ts";
import { UsageError } from "../../../lessons/tools/flags.ts";
import { bubblewrapWorks } from "../submission/bubblewrap.ts";
import type { LessonClaims } from "../experiment/claims.ts";
import { referenceTarget } from "../server/reference_target.ts";
import type { Subject } from "./subject.ts";
import type { LessonTarget } from "./why_not_tried.ts";
import { handedIn } from "../submission/handed_in.ts";
import { Refused } from "../submission/refused.ts";
import { type Taken, takeSubmission } from "../submission/take_submission.ts";
import type { Target } from "../server/target.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** The file that is graded in a lesson; undefined for a command. */
export function gradedFile({ lesson, folder }: LessonClaims, subject: Subject): string | undefined {
  if (subject.kind === "command") return undefined;
  if (subject.kind === "file") return subject.path;
  if (subject.kind === "reference") return fileURLToPath(urlOf(referenceTarget(lesson)));
  return join(ROOT, `lessons/${folder}/exercise.ts`);
}

/** Those of the lessons that have an exercise. */
export function lessonsWithExercise(lessons: readonly LessonClaims[]): readonly LessonClaims[] {
  const having = lessons.filter((one) => whyNotThere(gradedFile(one, { kind: "exercise" })) === "");
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
  if (subject.kind === "reference") {
    return { claims, target: referenceTarget(claims.lesson, subject.io) };
  }
  if (subject.kind === "command") {
    const { command, sandbox } = subject;
    return { claims, target: { kind: "command", name: command, command, sandbox } };
  }
  const path = gradedFile(claims, subject) ?? "";
  const name = subject.kind === "file"
    ? shownName(subject)
    : `lessons/${claims.folder}/exercise.ts`;
  const missing = whyNotThere(path);
  if (missing !== "") return { claims, target: fileTarget(name, path), problem: missing };
  // An exercise is one file: the server beside it imports the model.
  const within = subject.kind === "file" ? subject.within : path;
  const taken = await takeHandedIn(path, claims.lesson, within);
  if ("refused" in taken) return { claims, target: fileTarget(name, path), problem: taken.refused };
  const target = { ...taken.target, name };
  if (!startsProcesses(lessonOf(claims.lesson))) return { claims, target };
  // Who may start processes may leave Deno's sandbox, so such a file is run in another one.
  if (bubblewrapWorks()) return { claims, target: { ...target, processes: "boxed" } };
  // One's own exercise, which `deno task lesson6 --exercise` runs as well.
  if (subject.kind === "exercise") return { claims, target: { ...target, processes: "trusted" } };
  const problem = `lesson ${claims.lesson} starts processes, which nothing here could hold in; ` +
    "it takes Linux and bubblewrap 0.7 or later";
  return { claims, target, problem };
}

/** Takes in the exercise of what was handed in: a file, a folder or an archive. */
async function takeHandedIn(path: string, lesson: number, whole?: string): Promise<Taken> {
  try {
    const { file, within } = await handedIn(path, lesson, whole);
    return await takeSubmission(file, within);
  } catch (error) {
    if (error instanceof Refused) return { refused: error.line };
    throw error;
  }
}

function fileTarget(name: string, path: string): Target {
  return { kind: "file", name, url: pathToFileURL(path).href };
}

function urlOf(target: Target): string {
  return target.kind === "file" ? target.url : "";
}

/** As it was typed; but where a student reads it, it is nobody's business where things lie. */
function shownName({ typed, path }: Extract<Subject, { kind: "file" }>): string {
  return typed === "." || isAbsolute(typed) ? basename(path) : typed;
}

/** @returns "" when there is something. */
function whyNotThere(path = ""): string {
  try {
    Deno.lstatSync(path);
    return "";
  } catch (error) {
    if (path.includes("\ufffd")) return "its name is not UTF-8: rename it";
    if (error instanceof Deno.errors.NotFound) return "there is no such file";
    return `cannot be read: ${(error as Error).message}`;
  }
}

/** What was graded, for the result. */
export function subjectName(targets: readonly LessonTarget[]): string {
  return [...new Set(targets.map(({ target }) => target.name))].join(", ");
}
