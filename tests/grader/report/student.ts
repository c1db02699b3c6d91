/** What a student is told besides the verdicts: how to begin, what changed, and what comes next. */
import { bold, green, red } from "@std/fmt/colors";
import { folderOf, type Lesson, lessonOf, LESSONS } from "../../../lessons/catalogue.ts";
import { TASK } from "../../../lessons/tools/typed.ts";
import type { GradeResult, LessonResult } from "./result.ts";
import { reportText } from "./text.ts";

/**
 * The report on one's own exercises: the tables of those that are begun, and what comes next.
 *
 * @param sources the exercises' texts, in the order of the result's lessons.
 * @param steps whether all claims are to be shown with all their steps.
 */
export function exercisesText(
  result: GradeResult,
  sources: readonly string[],
  steps = false,
): string {
  const untouched = result.lessons.filter(({ score }, i) => score === 0 && isUntouched(sources[i]));
  const begun = result.lessons.filter((lesson) => !untouched.includes(lesson));
  const others = (lessons: readonly LessonResult[]) =>
    lessons.length === 0
      ? ""
      : `not begun: lesson ${lessons.map(({ lesson }) => lesson).join(", ")}\n`;
  if (begun.length === 0) return untouchedText(untouched[0]) + others(untouched.slice(1));
  return reportText({ ...result, lessons: begun }, { steps }) + others(untouched) +
    fullMarksText(result);
}

/** The loop that an exercise comes with, and the comment that says when it is to go. */
const STARTER = /^ *\/\/ Until your loop is there: .*\n.*$/m;
/** What no exercise has besides, before somebody begins it. */
const BEGUN =
  /\b(for|while|if|switch)\b|\b(openConnection|startThread|handOver|give|submit|reply|lend|accept)\(/;

/**
 * True for an exercise that nobody has begun: its own loop is there, and nothing was written beside
 * it. Who has written one and left that line is told so by the grader.
 */
export function isUntouched(source: string): boolean {
  const code = source.replace(STARTER, "").replace(/\/\*[^]*?\*\/|\/\/.*$/gm, "");
  return STARTER.test(source) && !BEGUN.test(code);
}

/** In place of the table, for an exercise that nobody has begun. */
export function untouchedText({ lesson: number, max_score, claims }: LessonResult): string {
  const file = `${folderOf(lessonOf(number))}/exercise.ts`;
  return [
    "",
    bold(`Lesson ${number}: 0 of ${max_score} points, 0 of ${claims.length} claims`),
    `${file} is as it came.`,
    "It accepts every client and serves none, so nothing can be seen of it yet.",
    "",
    "To begin:",
    `  ${bold(`${TASK} watch ${number}`)}`,
    "      runs it, and again whenever you save",
    `  ${bold(`${TASK} hint ${number}`)}`,
    "      a nudge; two more hints follow",
    `  ${bold(`${TASK} grade ${number} --list`)}`,
    "      what it is to show, with points",
    "",
  ].join("\n");
}

/** After the report: of the last lesson that has full marks what that shows, and what comes next. */
export function fullMarksText({ lessons }: GradeResult): string {
  const last = lessons.findLast(hasFullMarks);
  return last === undefined ? "" : nextText(lessonOf(last.lesson));
}

function hasFullMarks({ score, max_score, error }: LessonResult): boolean {
  return error === "" && max_score > 0 && score === max_score;
}

function nextText(lesson: Lesson): string {
  const { number, name, atOnce } = lesson;
  const folder = folderOf(lesson);
  // With patterns for names: a line to type that breaks is not one to type.
  const yours = `lessons/${number}-*/exercise.ts`, ours = `models/${number}_*.ts`;
  const next = LESSONS.find((other) => other.number === number + 1);
  const text = next === undefined
    ? "all models side by side: lessons/comparison/README.md"
    : `lesson ${next.number}, ${next.name}: ${folderOf(next)}/README.md`;
  return [
    green(`Every claim holds: this is a model ${number}, ${name}.`),
    `What it does at once: ${atOnce}.`,
    `  compare: ${bold(`git diff --no-index ${yours} ${ours}`)}`,
    `  the lesson's questions: ${folder}/README.md`,
    `  next, ${text}`,
    "",
  ].join("\n");
}

/** What is otherwise than in the grading before; empty when nothing is. */
export function changesText(before: GradeResult, after: GradeResult): string {
  const passed = passedIn(before), passes = passedIn(after);
  const graded = new Set(after.lessons.flatMap(({ claims }) => claims.map(({ id }) => id)));
  const lost = [...passed].filter((id) => graded.has(id) && !passes.has(id));
  const won = [...passes].filter((id) => !passed.has(id));
  return [
    lost.length === 0 ? "" : red(`passed before, and no longer: ${lost.join(" ")}\n`),
    won.length === 0 ? "" : green(`new: ${won.join(" ")}\n`),
  ].join("");
}

function passedIn({ lessons }: GradeResult): Set<string> {
  const rows = lessons.flatMap(({ claims }) => claims);
  return new Set(rows.filter(({ status }) => status === "pass").map(({ id }) => id));
}
