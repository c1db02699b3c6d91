/**
 * `run.json` in the folder of results: which part of which class is graded there, and with what.
 * It is written before the first student is graded, so that it is there of a part that died.
 */
import { join } from "node:path";
import { UsageError } from "../../../lessons/tools/flags.ts";
import { writeWhole } from "../report/files.ts";
import type { GraderIdentity } from "./grader_identity.ts";
import type { Part } from "./part.ts";

/** The JSON's name; it changes when a field's meaning does. */
const SCHEMA = "connfd/grade-all-run/v2";

/** A run of `grade-all`. */
export interface Run {
  readonly schema: typeof SCHEMA;
  readonly grader: GraderIdentity;
  readonly part: Part;
  /** The whole class, in the order of the table, and not the part alone. */
  readonly students: readonly string[];
  /** What an instructor should know of some of them, by their names. */
  readonly notes: Readonly<Record<string, string>>;
}

/** Writes the file to the folder of results. */
export async function writeRun(out: string, run: Omit<Run, "schema">): Promise<void> {
  const file: Run = { schema: SCHEMA, ...run };
  await writeWhole(join(out, "run.json"), JSON.stringify(file, null, 2) + "\n");
}

/** @throws UsageError when the folder is none of a run. */
export function readRun(out: string): Run {
  try {
    const run = JSON.parse(Deno.readTextFileSync(join(out, "run.json")));
    if (run?.schema === SCHEMA) return run;
  } catch {
    // It is not there, or no JSON: the same is to be said.
  }
  throw new UsageError(`${out} has no results of grade-all: there is no run.json that can be read`);
}

/**
 * The folders of results by the lesson, in the order of the lessons. One of several lessons counts as
 * the folders in it.
 *
 * @throws UsageError when one has no results.
 */
export function foldersByLesson(folders: readonly string[]): Map<number, string[]> {
  const each = folders.flatMap(lessonFolders);
  const lessons = Map.groupBy(each, (folder) => readRun(folder).grader.lesson);
  return new Map([...lessons].sort(([a], [b]) => a - b));
}

function lessonFolders(folder: string): string[] {
  try {
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
    const lessons = names.filter((name) => /^lesson[1-9]$/.test(name)).sort();
    if (!names.includes("run.json") && lessons.length > 0) {
      return lessons.map((name) => join(folder, name));
    }
  } catch {
    // What is wrong with it is said when its run is read.
  }
  return [folder];
}
