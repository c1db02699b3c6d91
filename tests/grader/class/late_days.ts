/** How many days late everyone was, from a table with the columns `student` and `days`. */
import { UsageError } from "../../../lessons/tools/flags.ts";
import { readCsv } from "./csv.ts";
import { Members } from "./roster.ts";

/**
 * @returns the days of a student by the name that the submission has; 0 for who is not in the table.
 * @throws UsageError when it cannot be read, or has something else than days.
 */
export function readLateDays(path: string): (student: string) => number {
  const { columns, rows } = readCsv(path, "late");
  if (!columns.includes("student") || !columns.includes("days")) {
    throw new UsageError(`--late: ${path} needs the columns student and days`);
  }
  const wrong = rows.find(({ days }) => !/^\d{1,3}(\.\d+)?$/.test(days));
  if (wrong !== undefined) {
    throw new UsageError(
      `--late: ${path}: '${wrong.days}' of ${wrong.student} is no number of days`,
    );
  }
  const id = (name: string) => /_(\d+)$/.exec(name)?.[1] ?? "";
  const named = rows.map((row) => ({ name: row.student, id: id(row.student), others: [], row }));
  const members = new Members(named);
  return (student) => Number(members.find(student)?.row.days ?? 0);
}
