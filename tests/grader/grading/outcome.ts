/** What comes of one submission of a class: graded, kept as it was, or not graded. */
import { join } from "node:path";
import { writeWhole } from "../report/files.ts";
import { plainText } from "../report/plain_text.ts";
import { type GradeResult, SCHEMA, totals } from "../report/result.ts";
import type { StudentResult } from "../report/summary.ts";
import type { Submission } from "../submission/submissions_folder.ts";
import { unclearIds, withRows } from "./ask_again.ts";
import { fingerprint } from "./fingerprint.ts";
import { type GradeAllRequest, resultsFolder } from "./grade_all_arguments.ts";
import { gradeStudent } from "./grade_student.ts";

/** What came of one submission. */
export interface Outcome {
  readonly kept: StudentResult;
  readonly how: "graded" | "as before" | "not graded";
}

/** Grades a submission, unless there is a result of the same submission by the same grader. */
export async function gradeOrKeep(
  submission: Submission,
  request: GradeAllRequest,
  grader: string,
): Promise<Outcome> {
  const { student, path, problem } = submission;
  try {
    if (problem !== undefined) throw new Error(problem);
    const mark = fingerprint([path], [grader]);
    const before = readResult(request.out, student);
    if (!request.again && before?.fingerprint === mark) return { kept: before, how: "as before" };
    const result = await gradeStudent(submission, request);
    const kept = { student, grader, fingerprint: mark, result };
    await keep(request, kept);
    return { kept, how: "graded" };
  } catch (error) {
    const result = noResult(student, error);
    return { kept: { student, grader, fingerprint: "", result }, how: "not graded" };
  }
}

function fileOf(out: string, student: string): string {
  return join(resultsFolder(out), `${student}.json`);
}

/** @returns undefined when there is none that can be read. */
export function readResult(out: string, student: string): StudentResult | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(fileOf(out, student)));
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

/**
 * Asks some claims of one again, with nothing beside.
 *
 * @returns the same outcome when that does not work out.
 */
export async function askAgain(
  outcome: Outcome,
  submission: Submission,
  request: GradeAllRequest,
  ids: readonly string[],
): Promise<Outcome> {
  try {
    const later = await gradeStudent(submission, request, ids);
    // One that does not start now says nothing about what it did before.
    if (later.error !== "") return outcome;
    const result = withRows(outcome.kept.result, later);
    const again = { ...outcome, kept: { ...outcome.kept, result } };
    await keep(request, again.kept);
    return again;
  } catch {
    return outcome;
  }
}

/** An unclear result is written down too, but without the mark by which a later run would keep it. */
async function keep({ out }: GradeAllRequest, kept: StudentResult): Promise<void> {
  const fingerprint = unclearIds(kept.result).length === 0 ? kept.fingerprint : "";
  const text = JSON.stringify({ ...kept, fingerprint }, null, 2) + "\n";
  await writeWhole(fileOf(out, kept.student), text);
}
