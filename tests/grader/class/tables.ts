/** The files about a whole class, in the folder of results. */
import { join } from "node:path";
import { UsageError } from "../../../lessons/tools/flags.ts";
import { complain } from "../../../lessons/tools/screen.ts";
import { writeWhole } from "../report/files.ts";
import { plainText } from "../report/plain_text.ts";
import { summaryCsv, summaryJson } from "../report/summary.ts";
import type { ClassOptions } from "./class_options.ts";
import { type ClassResults, type ClassTable, classTable } from "./class_rows.ts";
import { classPage } from "./class_page.ts";
import { feedbackPage, feedbackText } from "./feedback.ts";
import { canvasCsv, moodleCsv } from "./gradebook.ts";

/** Of a long list so much is said. */
const MOST_CHARACTERS = 2_000;

/** @throws UsageError when the folder cannot be made. */
export function makeFolder(path: string): void {
  try {
    Deno.mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UsageError(`--out: cannot make ${path}: ${(error as Error).message.split("\n")[0]}`);
  }
}

/**
 * Writes `summary.json` and `summary.csv`, the class page, everyone's feedback, and what else is wanted.
 *
 * @returns the table.
 * @throws UsageError when the folder cannot be made.
 */
export async function writeTables(
  out: string,
  results: ClassResults,
  options: ClassOptions,
): Promise<ClassTable> {
  makeFolder(out);
  const table = classTable(results, options);
  const { canvas, moodle, roster } = options;
  const files = new Map([
    ["summary.json", summaryJson(table.lessons, table.rows)],
    ["summary.csv", summaryCsv(table.rows)],
  ]);
  if (canvas !== undefined) files.set("canvas.csv", canvasCsv(table, canvas));
  if (moodle) files.set("moodle.csv", moodleCsv(table, roster));
  files.set("class.html", classPage(table.lessons, table.rows));
  makeFolder(join(out, "feedback"));
  for (const row of table.rows) {
    const { student, result } = row;
    // Who could not be graded has nothing to be told.
    if (result === undefined || result.lessons.length === 0) continue;
    files.set(`feedback/${student}.txt`, feedbackText(row, result));
    files.set(`feedback/${student}.html`, feedbackPage(row, result));
  }
  for (const [name, text] of files) await writeWhole(join(out, name), text);
  sayNames("not in the class list", table.strangers);
  sayNames("the same in the class list as somebody before", table.twice);
  return table;
}

/** Says on the error output who is concerned; nothing when nobody is. */
export function sayNames(what: string, names: readonly string[]): void {
  if (names.length > 0) complain(plainText(`${what}: ${names.join(", ")}`, MOST_CHARACTERS));
}
