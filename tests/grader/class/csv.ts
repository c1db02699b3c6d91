/** Tables as CSV, by RFC 4180: those that are written open in Excel and in a gradebook. */
import { parse } from "@std/csv";
import { UsageError } from "../../../lessons/tools/flags.ts";

/** Without it Excel takes UTF-8 for something else, and 李 for three other characters. */
const BYTE_ORDER_MARK = "\uFEFF";

/** By which fields are told apart: where the comma is the decimal sign, programs write a semicolon. */
const SEPARATORS = [",", ";", "\t"];

/** A row of a table that was read, by the names in its first line. */
export type CsvRow = Readonly<Record<string, string>>;

/** A table that was read. */
export interface CsvTable {
  /** The names in its first line, in their order. */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/** @returns the text of a file with these rows, of which the first is the head. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

/** A field. A text that begins like a formula would be run by a spreadsheet: it gets an apostrophe. */
export function cell(value: string | number): string {
  const text = typeof value === "string" && /^([=+@\t]|-.)/.test(value) ? `'${value}` : `${value}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Reads a table whose first line has the names of its columns.
 *
 * @param flag which names the file, for the messages.
 * @throws UsageError when it cannot be read, or is no such table.
 */
export function readCsv(path: string, flag: string): CsvTable {
  let lines: string[][];
  try {
    const text = Deno.readTextFileSync(path).replace(BYTE_ORDER_MARK, "");
    lines = parse(text, { fieldsPerRecord: -1, separator: separatorOf(text) });
  } catch (error) {
    const [why] = (error as Error).message.split("\n");
    throw new UsageError(`--${flag}: ${path} cannot be read as CSV: ${why}`);
  }
  const [columns, ...rest] = lines.map((line) => line.map((field) => field.trim()));
  if (columns === undefined) throw new UsageError(`--${flag}: ${path} is empty`);
  const rows = rest.filter((line) => line.some((field) => field !== ""))
    .map((line) => Object.fromEntries(columns.map((name, i) => [name, line[i] ?? ""])));
  return { columns, rows };
}

/** The one that the first line has most of. */
function separatorOf(text: string): string {
  const [head] = text.split(/\r?\n/, 1);
  const count = (separator: string) => head.split(separator).length;
  return SEPARATORS.reduce((best, one) => count(one) > count(best) ? one : best);
}
