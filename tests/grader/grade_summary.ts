/** What came of a folder of submissions: a row for each student, as CSV and as JSON. */
import type { GradeResult } from "./result.ts";

/** The JSON's name; it changes when a field's meaning does. */
const SCHEMA = "connfd/grade-all/v1";

/** What is kept of each student: `results/NAME.json`. */
export interface StudentResult {
  readonly student: string;
  /** Changes with the student's files, with the grader, and with the claims. */
  readonly fingerprint: string;
  readonly result: GradeResult;
}

/** One student in the summary. */
interface Row {
  readonly student: string;
  readonly score: number;
  readonly max_score: number;
  /** The verdict on each claim, by its id. */
  readonly claims: Readonly<Record<string, string>>;
  readonly error: string;
}

function row({ student, result: { score, max_score, error, lessons } }: StudentResult): Row {
  const claims = lessons.flatMap((lesson) => lesson.claims);
  const verdicts = Object.fromEntries(claims.map(({ id, status }) => [id, status]));
  return { student, score, max_score, claims: verdicts, error };
}

/** @returns the text of `summary.json`. */
export function summaryJson(lesson: number, results: readonly StudentResult[]): string {
  const summary = { schema: SCHEMA, lesson, students: results.map(row) };
  return JSON.stringify(summary, null, 2) + "\n";
}

/** @returns the text of `summary.csv`, by RFC 4180. */
export function summaryCsv(results: readonly StudentResult[]): string {
  const rows = results.map(row);
  const ids = [...new Set(rows.flatMap(({ claims }) => Object.keys(claims)))];
  const head = ["student", "score", "max_score", ...ids, "error"];
  const lines = rows.map(({ student, score, max_score, claims, error }) => [
    student,
    score,
    max_score,
    ...ids.map((id) => claims[id] ?? ""),
    error,
  ]);
  return [head, ...lines].map((line) => line.map(cell).join(",") + "\r\n").join("");
}

/** A text that begins like a formula would be run by a spreadsheet: it gets an apostrophe. */
function cell(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@]/.test(value) ? `'${value}` : `${value}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
