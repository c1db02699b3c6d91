/**
 * Where a student stands: the file `.progress` in the project's folder. It belongs to the student's
 * machine, so it is text that can be read, mended and kept by hand, and by other versions of this.
 *
 *   connfd-progress 1
 *   lesson 3  points=5/16  best=9/16  passed=3.P1,3.P2  failed=3.P3,3.C1  graded=2026-11-24T10:00:00Z
 *
 * What is not understood is kept: lines of another kind, fields of another name, damaged lines. Only a
 * file of a newer format, where this program could do harm, is left alone.
 */
import { PROGRESS_FILE } from "../../../lessons/play/progress_file.ts";
import { fieldsOf, HEADER, progressLines } from "../../../lessons/play/progress_lines.ts";
import { complain } from "../../../lessons/tools/screen.ts";
import { changeFile } from "../../../lessons/play/replace_file.ts";
import type { GradeResult, LessonResult } from "./result.ts";

/** Points of a lesson, and the most that there are. */
export interface Points {
  readonly score: number;
  readonly max: number;
}

/** Where the student stands in one lesson. */
export interface LessonProgress {
  readonly lesson: number;
  /** As it was graded last. */
  readonly points: Points;
  /** The best so far. */
  readonly best: Points;
  /** The ids of the claims that passed when it was graded last, and of those that did not. */
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** When it was graded last, as ISO 8601 in UTC. */
  readonly graded: string;
}

/** The lessons of the file, and its lines that are damaged, with their numbers. */
export function parseProgress(
  text: string,
): { lessons: LessonProgress[]; damaged: { line: number; text: string }[] } {
  const damaged: { line: number; text: string }[] = [];
  const lessons = new Map<number, LessonProgress>();
  for (const [i, line] of progressLines(text).entries()) {
    const lesson = parseLesson(line);
    if (lesson !== undefined) lessons.set(lesson.lesson, lesson);
    else if (!isOfAnotherKind(line)) damaged.push({ line: i + 1, text: line });
  }
  return { lessons: [...lessons.values()].sort((a, b) => a.lesson - b.lesson), damaged };
}

/** The file's text once the result is recorded; lessons that could not be tried stay as they are. */
export function withResult(text: string, result: GradeResult): string {
  const lines = progressLines(text);
  if (lines[0] !== HEADER) lines.unshift(HEADER);
  for (const lesson of result.lessons) {
    if (lesson.claims.every(({ tries }) => tries === 0)) continue;
    const at = lines.findLastIndex((line) => parseLesson(line)?.lesson === lesson.lesson);
    const line = lessonLine(lesson, result.started_at, lines[at] ?? "");
    if (at === -1) lines.push(line);
    else lines[at] = line;
  }
  return lines.join("\n") + "\n";
}

/**
 * Records the grading of exercises. Several programs may do so at the same time. What goes wrong is
 * said in one line; it is no reason for a grading to fail.
 */
export async function recordProgress(
  result: GradeResult,
  file: URL = PROGRESS_FILE,
): Promise<void> {
  try {
    await changeFile(file, (text) => withResult(text, result));
  } catch (error) {
    complain(`progress is not recorded: ${error instanceof Error ? error.message : error}`);
  }
}

/** A comment, an empty line, the header, or a line such as a later version may add. */
function isOfAnotherKind(line: string): boolean {
  return line === HEADER || /^\s*(#|$)/.test(line) ||
    /^(?!lesson)[a-z-]+( +\S+=\S+)+ *$/.test(line);
}

function parseLesson(line: string): LessonProgress | undefined {
  const [, lesson] = /^lesson (\d+) /.exec(line) ?? [];
  const fields = new Map(fieldsOf(line));
  const points = parsePoints(fields.get("points")), best = parsePoints(fields.get("best"));
  const graded = fields.get("graded") ?? "";
  if (!lesson || !points || !best || Number.isNaN(Date.parse(graded))) return undefined;
  const ids = (name: string) => (fields.get(name) ?? "").split(",").filter((id) => id !== "");
  return {
    lesson: Number(lesson),
    points,
    best,
    passed: ids("passed"),
    failed: ids("failed"),
    graded,
  };
}

function parsePoints(text = ""): Points | undefined {
  const [, score, max] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  return score === undefined ? undefined : { score: Number(score), max: Number(max) };
}

/** The lesson's line; fields that the line before had and that are not known here are kept. */
function lessonLine(result: LessonResult, graded: string, before: string): string {
  const { lesson, score, max_score: max, claims } = result;
  const earlier = parseLesson(before)?.best;
  // Points out of another total are not to be compared.
  const isBest = earlier === undefined || earlier.max !== max || earlier.score < score;
  const best = isBest ? score : earlier.score;
  const ids = (passed: boolean) =>
    claims.filter(({ status }) => (status === "pass") === passed).map(({ id }) => id).join(",");
  const fields = new Map(fieldsOf(before));
  fields.set("points", `${score}/${max}`).set("best", `${best}/${max}`);
  fields.set("passed", ids(true)).set("failed", ids(false)).set("graded", graded);
  return `lesson ${lesson}${Array.from(fields, ([name, value]) => `  ${name}=${value}`).join("")}`;
}
