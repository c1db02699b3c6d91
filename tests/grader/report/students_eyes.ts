/**
 * What a student may see of a result where the log of the grading is open to the student, as on
 * Classroom 50: claims that are not for everyone's eyes are told apart before anything is printed.
 */
import { type ClaimResult, type GradeResult, totals } from "./result.ts";

/** The row as a log may show it: of a claim that is not for everyone's eyes only how it came out. */
export function rowForStudents(row: ClaimResult): ClaimResult {
  if (row.visibility === "visible") return row;
  const nothing = { hint: "", steps: [], said: [], clients: [], threads: [] };
  return { ...row, ...nothing, text: "not shown", measured: "not shown" };
}

/** The result without those claims. */
export function forStudents(result: GradeResult): GradeResult {
  const lessons = result.lessons.map((lesson) => {
    const claims = lesson.claims.filter(({ visibility }) => visibility === "visible");
    return { ...lesson, claims, ...totals(claims) };
  });
  return { ...result, lessons, ...totals(lessons) };
}

/** What is left out, in a line; empty when nothing is. */
export function hiddenText({ lessons }: GradeResult): string {
  const hidden = lessons.flatMap(({ claims }) => claims).filter((row) =>
    row.visibility !== "visible"
  );
  const rows = hidden.map(({ id, score, max_score }) => `${id} ${score}/${max_score}`);
  return rows.length === 0 ? "" : `not shown here: ${rows.join(", ")}\n`;
}
