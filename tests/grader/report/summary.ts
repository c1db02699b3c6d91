/** What came of a class: a row for each student, as CSV and as JSON. */
import { csvText } from "../class/csv.ts";
import type { GradeResult } from "./result.ts";

/** The JSON's name; it changes when a field's meaning does. */
const SCHEMA = "connfd/grade-all/v2";

/** What is kept of each student: `results/NAME.json`. */
export interface StudentResult {
  readonly student: string;
  /** Changes with the course, the claims and the seed: the same for the whole class. */
  readonly grader: string;
  /** Changes with the student's files, with the grader, and with the claims. */
  readonly fingerprint: string;
  readonly result: GradeResult;
}

/** What is known of a student besides the result. */
export interface About {
  /** Of those with whom the student's code was compared, how like the likest is, in percent. */
  readonly likeness?: number;
  /** Who that is; empty when there is no reason to look. */
  readonly like?: string;
  /** What an instructor should know, such as which of two files counts. */
  readonly note?: string;
}

/** A student in the table of a class. */
export interface ClassRow extends About {
  readonly student: string;
  /** As the instructor's policy counts it; undefined when nothing was handed in. */
  readonly result?: GradeResult;
  readonly max_score: number;
  /** Undefined when there is no table of days. */
  readonly lateDays?: number;
  /** The score after what lateness costs. */
  readonly final: number;
}

/** What is said of who handed in nothing. */
export const NOTHING = "nothing handed in";

/** How many claims of a result are unclear: whoever has one may have more points than these. */
export function unclearCount({ result }: ClassRow): number {
  return claimsOf(result).filter(({ status }) => status === "inconclusive").length;
}

/** The rows of all claims. */
export function claimsOf(result: GradeResult | undefined) {
  return result?.lessons.flatMap(({ claims }) => claims) ?? [];
}

/** Why there are no points, or none for some lesson; empty when there is no such reason. */
export function errorOf({ result }: ClassRow): string {
  return result === undefined ? NOTHING : result.error;
}

/** @returns the text of `summary.json`. */
export function summaryJson(lessons: readonly number[], rows: readonly ClassRow[]): string {
  const students = rows.map((row) => {
    const claims = claimsOf(row.result);
    return {
      student: row.student,
      handed_in: row.result !== undefined,
      score: row.result?.score ?? 0,
      max_score: row.max_score,
      late_days: row.lateDays ?? null,
      final: row.final,
      inconclusive: unclearCount(row),
      claims: Object.fromEntries(claims.map(({ id, status }) => [id, status])),
      points: Object.fromEntries(claims.map(({ id, score }) => [id, score])),
      likeness_percent: row.likeness ?? null,
      like: row.like ?? "",
      note: row.note ?? "",
      error: errorOf(row),
    };
  });
  return JSON.stringify({ schema: SCHEMA, lessons, students }, null, 2) + "\n";
}

/** @returns the text of `summary.csv`. */
export function summaryCsv(rows: readonly ClassRow[]): string {
  const late = rows.some(({ lateDays }) => lateDays !== undefined);
  const ids = [...new Set(rows.flatMap(({ result }) => claimsOf(result).map(({ id }) => id)))];
  const lateColumns = late ? ["late_days", "final"] : [];
  const points = ids.map((id) => `${id} points`);
  const head = ["student", "score", "max_score", ...lateColumns, ...ids, ...points];
  const lines = rows.map((row) => {
    const claims = new Map(claimsOf(row.result).map((claim) => [claim.id, claim]));
    return [
      row.student,
      row.result?.score ?? 0,
      row.max_score,
      ...(late ? [row.lateDays ?? 0, row.final] : []),
      ...ids.map((id) => claims.get(id)?.status ?? ""),
      ...ids.map((id) => claims.get(id)?.score ?? ""),
      unclearCount(row),
      row.likeness ?? "",
      row.like ?? "",
      row.note ?? "",
      errorOf(row),
    ];
  });
  return csvText([
    [...head, "inconclusive", "likeness_percent", "like", "note", "error"],
    ...lines,
  ]);
}
