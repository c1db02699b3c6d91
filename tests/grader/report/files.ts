/**
 * The files that a grading writes. Each is whole or not there. That it can be written is found out
 * before the grading.
 */
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { UsageError } from "../../../lessons/tools/flags.ts";
import { print } from "../../../lessons/tools/screen.ts";
import { besideOf, replaceFile } from "../../../lessons/play/replace_file.ts";
import { classroom50Report } from "./classroom50.ts";
import { gradescopeReport } from "./gradescope.ts";
import { junitReport } from "./junit.ts";
import type { GradeResult } from "./result.ts";

/** A format, and how the result is written in it. */
const FORMATS = {
  json: (result: GradeResult) => json(result),
  junit: junitReport,
  gradescope: (result: GradeResult) => json(gradescopeReport(result)),
  classroom50: (result: GradeResult) =>
    json(classroom50Report(result, (name) => Deno.env.get(name))),
};

/** The name of a format. */
export type Format = keyof typeof FORMATS;

/** The formats, in the order of the flags. */
export const FORMAT_NAMES = Object.keys(FORMATS) as Format[];

/** A file to write. */
export interface OutputFile {
  readonly format: Format;
  /** Its path; `-` is standard output. */
  readonly path: string;
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2) + "\n";
}

/** @throws UsageError when one of the files cannot be written. */
export function checkWritable(files: readonly OutputFile[]): void {
  for (const { format, path } of files) {
    if (path === "-" || isDevice(path)) continue;
    try {
      const temporary = besideOf(path);
      Deno.writeTextFileSync(temporary, "");
      Deno.removeSync(temporary);
      if (Deno.statSync(path).isDirectory) throw new Error("it is a folder");
    } catch (error) {
      if (error instanceof Deno.errors.NotFound && existsSync(dirname(path))) continue;
      throw new UsageError(`--${format}: cannot write ${path}: ${reason(error)}`);
    }
  }
}

/** Writes the result in each format. */
export async function writeReports(
  result: GradeResult,
  files: readonly OutputFile[],
): Promise<void> {
  for (const { format, path } of files) {
    const text = FORMATS[format](result);
    if (path === "-") print(text);
    else await writeWhole(path, text);
  }
}

/** Writes a file so that a reader sees the old one or the new one, and never a part. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const write = (to: string) => Deno.writeTextFile(to, text);
  if (isDevice(path)) await write(path);
  else await replaceFile(path, write);
}

/** A device or a pipe cannot be replaced by a file. */
function isDevice(path: string): boolean {
  return existsSync(path) && !Deno.statSync(path).isFile && !Deno.statSync(path).isDirectory;
}

function reason(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "no such folder";
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied";
  return (error as Error).message.split("\n")[0];
}
