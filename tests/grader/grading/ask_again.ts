/** What was unclear of a class, asked again at its end: one student at a time, with nothing beside. */
import type { GradeResult } from "../report/result.ts";
import { totals } from "../report/result.ts";

/** The claims that a result leaves unclear, by their ids. */
export function unclearIds({ lessons }: GradeResult): string[] {
  const rows = lessons.flatMap(({ claims }) => claims);
  return rows.filter(({ status }) => status === "inconclusive").map(({ id }) => id);
}

/** The result with the rows of a later one in place of its own; the sums anew. */
export function withRows(result: GradeResult, later: GradeResult): GradeResult {
  const rows = new Map(later.lessons.flatMap(({ claims }) => claims).map((row) => [row.id, row]));
  const lessons = result.lessons.map((lesson) => {
    const claims = lesson.claims.map((row) => rows.get(row.id) ?? row);
    return { ...lesson, claims, ...totals(claims) };
  });
  const duration_ms = result.duration_ms + later.duration_ms;
  return { ...result, ...totals(lessons), duration_ms, lessons };
}
