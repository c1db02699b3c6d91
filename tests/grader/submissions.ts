/**
 * A folder of submissions. One for each student, either a file or a folder:
 *
 *   ann.ts               the student is `ann`
 *   bob/exercise.ts      the student is `bob`
 *   cem/lesson3.ts       the same, by the lesson's name
 *   dee/server.ts        the same, when it is the only .ts file there
 *
 * Names that begin with a dot or an underscore are passed over, as what a computer leaves behind.
 */
import { join } from "node:path";
import { UsageError } from "../../lessons/tools/flags.ts";

/** What one student handed in. */
export interface Submission {
  readonly student: string;
  /** The file that exports `serve()`; it need not be there. */
  readonly file: string;
  /** The student's own folder; undefined for a file in the folder of all. */
  readonly folder?: string;
}

/**
 * @returns the submissions in the order of the students' names, and what is not one.
 * @throws UsageError when the folder cannot be read, holds none, or has one student twice.
 */
export function submissionsIn(
  folder: string,
  lesson: number,
): { submissions: Submission[]; ignored: string[] } {
  const submissions: Submission[] = [], ignored: string[] = [];
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) submissions.push(submissionIn(path, entry.name, lesson));
    else if (!entry.isFile || !entry.name.endsWith(".ts")) ignored.push(entry.name);
    else submissions.push({ student: entry.name.slice(0, -3), file: path });
  }
  if (submissions.length === 0) {
    throw new UsageError(`no submission in ${folder}: neither NAME.ts nor NAME/exercise.ts`);
  }
  const names = submissions.map(({ student }) => student);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UsageError(`${twice}.ts and ${twice}/ are the same student's`);
  return { submissions, ignored };
}

function submissionIn(folder: string, student: string, lesson: number): Submission {
  const modules = entriesOf(folder).filter(({ isFile, name }) => isFile && name.endsWith(".ts"));
  const names = modules.map(({ name }) => name);
  const found = ["exercise.ts", `lesson${lesson}.ts`].find((name) => names.includes(name));
  // Without any of them the grader says that there is no exercise.ts.
  const name = found ?? (names.length === 1 ? names[0] : "exercise.ts");
  return { student, folder, file: join(folder, name) };
}

function entriesOf(folder: string): Deno.DirEntry[] {
  try {
    return Array.from(Deno.readDirSync(folder))
      .filter(({ name }) => !/^[._]/.test(name))
      .sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new UsageError(`there is no folder ${folder}`);
    throw new UsageError(`${folder} cannot be read: ${(error as Error).message.split("\n")[0]}`);
  }
}
