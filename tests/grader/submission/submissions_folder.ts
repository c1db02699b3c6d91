/**
 * A folder of submissions, one for each student: a file, a folder or an archive, by whose name the
 * student is known:
 *
 *   ann.ts, bob.mjs      the student's file, with nothing beside it that is the student's
 *   cem/                 the student's own folder
 *   dee.zip, eva.tar.gz  the same, packed
 *
 * or as Canvas and Moodle name what is downloaded, see `download_names.ts`. Of several files that one
 * student handed in there, one counts: of those that are called as the exercise is, or else of all,
 * the last. Which file of a folder or an archive is graded, is in `handed_in.ts`.
 *
 * Whoever handed in something has a row. Where it is nothing of these, a `.pdf` or typed text, it is
 * refused when it is taken in, with the reason; a link is not followed, it may lead to another's. Beside
 * something that can be graded both are passed over. So is what begins with a dot, as what a computer leaves behind, and what is an instructor's own.
 */
import { join } from "node:path";
import { UsageError } from "../../../lessons/tools/flags.ts";
import { type DownloadName, downloadName, isNoProgram } from "./download_names.ts";
import { ARCHIVE } from "./unpack.ts";

/** What one student handed in. */
export interface Submission {
  readonly student: string;
  /** A file, a folder or an archive. */
  readonly path: string;
  readonly isFolder: boolean;
  /** What an instructor should know of it, such as that it is the last of two; may be empty. */
  readonly note: string;
  /** Why it cannot be graded at all, such as a name that no program can open. */
  readonly problem?: string;
}

/** The ending of a file that may be graded. */
const ENDING = new RegExp(`\\.([cm]?[jt]s|[jt]sx)$|${ARCHIVE.source}`, "i");
/** Of any other file. */
const OTHER_ENDING = /(\.[cm]?[jt]s)?(\.tar)?\.[a-z0-9]{1,5}$/i;
/** A class list, marks, a note on the folder. */
const INSTRUCTORS = /\.(csv|xlsx|ods|log)$|^readme(\.\w+)?$/i;
/** What a system puts for bytes that are no UTF-8. */
const NOT_UTF8 = "\ufffd";
const IS_LINK = "it is a symbolic link, which may lead to another's: put there what it leads to";

interface Found extends Submission {
  readonly name: string;
  readonly download?: DownloadName;
  /** Whether it looks like something that can be graded. */
  readonly likely: boolean;
}

/**
 * @param lesson by whose name an exercise may be called.
 * @returns the submissions in the order of the students' names, and what is not one.
 * @throws UsageError when the folder cannot be read, or holds none.
 */
export function submissionsIn(
  folder: string,
  lesson: number,
): { submissions: Submission[]; ignored: string[] } {
  const found: Found[] = [], ignored: string[] = [];
  for (const entry of entriesOf(folder)) {
    if (INSTRUCTORS.test(entry.name)) ignored.push(entry.name);
    else found.push(foundAs(entry, folder));
  }
  if (found.length === 0) {
    throw new UsageError(`no submission in ${folder}: no NAME.ts, NAME/ or NAME.zip`);
  }
  const byStudent = Map.groupBy(found, ({ student }) => student.normalize("NFC"));
  const submissions = Array.from(byStudent.values(), (all) => {
    const likely = all.filter((one) => one.likely);
    if (likely.length === 0) return oneOf(all.slice(-1), lesson);
    ignored.push(...all.filter((one) => !one.likely).map(({ name }) => name));
    return oneOf(likely, lesson);
  });
  return { submissions: submissions.sort((a, b) => a.student < b.student ? -1 : 1), ignored };
}

function foundAs({ name, isDirectory, isFile, isSymlink }: Deno.DirEntry, folder: string): Found {
  const download = downloadName(name);
  const likely = !isNoProgram(name) && (isDirectory || isFile && ENDING.test(name));
  const alone = isDirectory ? name : name.replace(ENDING.test(name) ? ENDING : OTHER_ENDING, "");
  const student = download?.student ?? (alone === "" ? name : alone);
  return {
    ...{ student, name, download, likely },
    ...{ path: join(folder, name), isFolder: isDirectory, note: "" },
    ...(isSymlink ? { problem: IS_LINK } : {}),
  };
}

/** The one that counts of what a student handed in. */
function oneOf(all: readonly Found[], lesson: number): Submission {
  const names = all.map(({ name }) => name);
  if (names.some((name) => name.includes(NOT_UTF8))) {
    return { ...all[0], problem: "its name is not UTF-8, so it cannot be opened: rename it" };
  }
  if (all.length > 1 && all.some(({ download }) => download === undefined)) {
    const both = names.slice(0, 2).join(" and ");
    return { ...all[0], problem: `${both} are the same student's: leave one of them` };
  }
  const isNamed = new RegExp(`^(exercise|lesson${lesson})\\.`, "i");
  const named = all.filter(({ download }) => isNamed.test(download?.file ?? ""));
  const choice = named.length > 0 ? named : all;
  const order = ({ download }: Found) => download?.order ?? 0;
  const last = choice.reduce((a, b) => order(b) >= order(a) ? b : a);
  const { student, path, isFolder, download, problem } = last;
  const notes = [
    ...(all.length > 1 ? [`of ${all.length} files ${last.name} counts`] : []),
    ...(download?.late ? ["late, says Canvas"] : []),
  ];
  return { student, path, isFolder, note: notes.join("; "), problem };
}

function entriesOf(folder: string): Deno.DirEntry[] {
  try {
    return Array.from(Deno.readDirSync(folder))
      .filter(({ name }) => !/^(\.|__MACOSX$)/.test(name))
      .sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new UsageError(`there is no folder ${folder}`);
    throw new UsageError(`${folder} cannot be read: ${(error as Error).message.split("\n")[0]}`);
  }
}
