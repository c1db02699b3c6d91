/** The table of a class of made-up results, for tests of what an instructor wants of it. */
import type { FlagValues } from "../../lessons/tools/flags.ts";
import { CLASS_FLAGS, type ClassOptions, classOptions } from "../grader/class/class_options.ts";
import { type ClassTable, classTable } from "../grader/class/class_rows.ts";
import type { StudentResult } from "../grader/report/summary.ts";
import { someResult } from "../of_reports/grade_results.ts";
import { withFiles } from "./grader_program.ts";

/** A result with a claim of each verdict. */
export function resultOf(student: string): StudentResult {
  return { student, grader: "", fingerprint: "", result: someResult() };
}

/** The table of a class, with files that the flags name. */
export async function tableOf(
  students: readonly string[],
  files: Readonly<Record<string, string>>,
  flags: FlagValues<typeof CLASS_FLAGS>,
  see: (table: ClassTable, options: ClassOptions) => void,
): Promise<void> {
  await withFiles(files, (folder) => {
    const options = classOptions(flags, folder);
    const results = students.map(resultOf);
    see(classTable({ lessons: [3], results, about: new Map() }, options), options);
    return Promise.resolve();
  });
}

/** A table without its mark and its last line end. */
export function lines(text: string): string[] {
  return text.replace("\uFEFF", "").trimEnd().split("\r\n");
}
