/**
 * Files that a gradebook imports. Who handed in nothing, or could not be graded, gets no mark there:
 * an empty field leaves to the gradebook what it does about missing work.
 *
 *   canvas.csv   Student, ID, SIS User ID, SIS Login ID, Section, the assignment; its second line
 *                has the points possible
 *   moodle.csv   the grading worksheet, with Grade and Feedback comments filled in. Moodle wants
 *                Identifier, Grade and Last modified (grade) to be there
 */
import { gradebookId } from "../submission/download_names.ts";
import { claimsOf, type ClassRow } from "../report/summary.ts";
import type { ClassTable } from "./class_rows.ts";
import { csvText } from "./csv.ts";
import type { Member, Roster } from "./roster.ts";

const CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];
const MOODLE = ["Identifier", "Full name", "Grade", "Maximum Grade", "Last modified (grade)"]
  .concat("Feedback comments");

function mark({ result, final }: ClassRow): number | "" {
  return result === undefined || result.lessons.length === 0 ? "" : final;
}

/** What stands before the number in a name: `liwei_123`. */
function nameAlone(student: string): string {
  return student.replace(/_\d+$/, "");
}

function mostPoints({ rows }: ClassTable): number {
  return Math.max(0, ...rows.map(({ max_score }) => max_score));
}

/**
 * A table that their importers read as it is meant. Canvas guesses from the first three lines by what
 * fields are told apart: no field may go over a line's end. Moodle reads by PHP's rule, by which a
 * backslash takes the meaning from a quote: behind one all else would be another field.
 */
function importedCsv(rows: readonly (readonly (string | number)[])[]): string {
  const plain = (field: string | number) =>
    typeof field === "string"
      ? field.replace(/\s*[\r\n]\s*/g, " ").replace(/\\+(?="|$)/g, (all) => "/".repeat(all.length))
      : field;
  return csvText(rows.map((row) => row.map(plain)));
}

/** @param assignment its name in Canvas, with the number behind it when it is there already. */
export function canvasCsv(table: ClassTable, assignment: string): string {
  const points = ["    Points Possible", "", "", "", "", mostPoints(table)];
  const rows = table.rows.map((row) => {
    const { row: own = {}, id } = table.members.get(row) ?? {} as Partial<Member>;
    const known = {
      ...own,
      Student: own.Student ?? nameAlone(row.student),
      ID: own.ID ?? (id || gradebookId(row.student) || ""),
    } as Record<string, string>;
    return [...CANVAS.map((name) => known[name] ?? ""), mark(row)];
  });
  return importedCsv([[...CANVAS, assignment], points, ...rows]);
}

/** @param roster the worksheet; without one it is made of what the names of the download say. */
export function moodleCsv(table: ClassTable, roster?: Roster): string {
  const columns = roster?.kind === "moodle" ? roster.table.columns : MOODLE;
  const rows = table.rows.map((row) => {
    const own = table.members.get(row)?.row ?? {};
    const known: Record<string, string | number> = {
      "Identifier": `Participant ${gradebookId(row.student) ?? ""}`,
      "Full name": nameAlone(row.student),
      ...own,
      "Grade": mark(row),
      "Maximum Grade": own["Maximum Grade"] ?? row.max_score,
      "Feedback comments": comment(row),
    };
    return columns.map((name) => known[name] ?? "");
  });
  return importedCsv([columns, ...rows]);
}

/** One line: the points, and which claims do not hold. Of those that are not for all the id alone. */
function comment(row: ClassRow): string {
  const { result } = row;
  if (result === undefined) return "";
  if (result.error !== "") return `Not graded: ${result.error}`;
  const lost = claimsOf(result).filter(({ status }) => status !== "pass").map(({ id }) => id);
  const what = lost.length === 0 ? "" : `; without points: ${lost.join(", ")}`;
  return `${result.score} of ${result.max_score} points${what}`;
}
