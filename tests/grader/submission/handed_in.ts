/**
 * Which file of what was handed in is the exercise: one rule for every way of handing in. A file is
 * it. In a folder, or an archive, it is the first that there is of
 *
 *   exercise.ts, lesson3.ts                by either name
 *   lessons/3-…/exercise.ts                in a copy of the course
 *   the only module                        whatever it is called
 *   the same in the only folder            as archives have one at the top
 *   an exercise.ts or lesson3.ts anywhere  if there is one only
 *
 * with any ending that Deno runs, in capitals too.
 */
import { basename, dirname, join, resolve } from "node:path";
import { folderOf, lessonOf } from "../../../lessons/catalogue.ts";
import { PASSED_OVER, USUAL_BOUNDS } from "./copy_folder.ts";
import { readInside } from "./inside.ts";
import { quoted, Refused } from "./refused.ts";
import { makeScratch } from "./scratch.ts";
import { ARCHIVE, MOST_ARCHIVE_BYTES, unpack } from "./unpack.ts";
import { UnpackError } from "./write_unpacked.ts";

const MODULE = /\.([cm]?[jt]s|[jt]sx)$/i;
/** No program of its own: types, and a student's tests. */
const NO_PROGRAM = /(\.d\.[cm]?ts|[._]test\.\w+)$/i;
/** So deep an exercise is looked for, and so many folders are looked into. */
const MOST_DEPTH = 4, MOST_FOLDERS = 200;
/** Of what was found instead, so many names are said. */
const NAMES_SAID = 5;

/** The file that is graded, and what belongs to it. */
export interface HandedIn {
  readonly file: string;
  /** A folder, or the file alone: nothing outside of it is the submission's. */
  readonly within?: string;
}

/**
 * Finds the exercise in what was handed in.
 *
 * @param path a file, a folder or an archive. An archive is unpacked to a temporary folder.
 * @param within nothing outside of it is the submission's. Default: the folder that the file is in.
 * @throws Refused when there is none; it says what was found instead.
 */
export async function handedIn(path: string, lesson: number, within?: string): Promise<HandedIn> {
  const info = stat(path);
  if (info?.isDirectory) {
    return { file: join(path, exerciseIn(path, lesson)), within: within ?? path };
  }
  if (!ARCHIVE.test(path)) return { file: path, within };
  const folder = await unpacked(path, within);
  return { file: join(folder, exerciseIn(folder, lesson)), within: folder };
}

function stat(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch {
    // What is wrong with it is said when it is read.
    return undefined;
  }
}

async function unpacked(path: string, within?: string): Promise<string> {
  const name = basename(path);
  const base = Deno.realPathSync(dirname(resolve(path)));
  const alone = within !== undefined && resolve(within) === resolve(path);
  const own = within === undefined ? base : alone ? join(base, name) : Deno.realPathSync(within);
  const archive = readInside(own, join(base, name), MOST_ARCHIVE_BYTES);
  if (typeof archive === "string") throw new Refused(archive);
  const folder = makeScratch();
  try {
    await unpack(name, archive, folder, USUAL_BOUNDS);
  } catch (error) {
    if (!(error instanceof UnpackError)) throw error;
    throw new Refused(error.message);
  }
  return folder;
}

/** @returns the path of the exercise, from the folder. @throws Refused */
function exerciseIn(folder: string, lesson: number): string {
  const name = new RegExp(`^(exercise|lesson${lesson})${MODULE.source}`, "i");
  const found = nearest(folder, "", lesson, name) ?? anywhere(folder, name);
  if (found !== undefined) return found;
  const { files, folders } = entriesOf(folder);
  const all = [...files, ...folders.map((one) => `${one}/`)];
  const said = all.slice(0, NAMES_SAID).map(quoted).join(", ");
  const more = all.length > NAMES_SAID ? `, and ${all.length - NAMES_SAID} more` : "";
  throw new Refused(
    `there is no exercise.ts, no lesson${lesson}.ts, and no single module; ` +
      `there is ${all.length === 0 ? "nothing" : said + more}`,
  );
}

function nearest(top: string, at: string, lesson: number, name: RegExp): string | undefined {
  const { files, folders } = entriesOf(join(top, at));
  const named = ["exercise", `lesson${lesson}`].flatMap((base) =>
    files.filter((file) => name.test(file) && file.toLowerCase().startsWith(base))
  );
  if (named.length > 0) return join(at, named[0]);
  const inCourse = join(at, folderOf(lessonOf(lesson)));
  const there = entriesOf(join(top, inCourse)).files.find((file) => name.test(file));
  if (there !== undefined) return join(inCourse, there);
  const modules = files.filter((file) => MODULE.test(file) && !NO_PROGRAM.test(file));
  if (modules.length === 1) return join(at, modules[0]);
  const only = modules.length === 0 && folders.length === 1 && at.split("/").length <= MOST_DEPTH;
  return only ? nearest(top, join(at, folders[0]), lesson, name) : undefined;
}

/** The only file of that name below the folder. */
function anywhere(top: string, name: RegExp): string | undefined {
  const found: string[] = [];
  let level = [""], looked = 0;
  for (let depth = 0; depth <= MOST_DEPTH && looked < MOST_FOLDERS; depth++) {
    level = level.flatMap((at) => {
      if (++looked > MOST_FOLDERS) return [];
      const { files, folders } = entriesOf(join(top, at));
      found.push(...files.filter((file) => name.test(file)).map((file) => join(at, file)));
      return folders.map((folder) => join(at, folder));
    });
  }
  return found.length === 1 ? found[0] : undefined;
}

/** Links count as what they lead to: whether that is the submission's own is seen when it is read. */
function entriesOf(folder: string): { files: string[]; folders: string[] } {
  const files: string[] = [], folders: string[] = [];
  try {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      if (!PASSED_OVER.test(name)) (isDirectory ? folders : files).push(name);
    }
  } catch {
    // It cannot be read: so nothing is found in it.
  }
  return { files: files.sort(), folders: folders.sort() };
}
