/** `deno task grade-join`: makes one table of the parts of a class. Nothing is graded. */
import { join, resolve } from "node:path";
import { flagHelp, onOff, parseFlags, UsageError } from "../../lessons/tools/flags.ts";
import { print } from "../../lessons/tools/screen.ts";
import { namesBack } from "./class/anonymous.ts";
import { CLASS_FLAGS, classOptions } from "./class/class_options.ts";
import { mergeAbout, mergeLessons } from "./class/class_rows.ts";
import { type Joined, joinParts } from "./class/join.ts";
import { LikenessReport } from "./class/likeness_report.ts";
import { checkPolicy } from "./class/policy.ts";
import { foldersByLesson } from "./class/run_file.ts";
import { makeFolder, sayNames, writeTables } from "./class/tables.ts";
import { text } from "./grading/grader_flags.ts";
import { runMain } from "./grading/run_main.ts";
import { typedIn } from "./grading/typed_in.ts";
import { type About, claimsOf } from "./report/summary.ts";
import { submissionsIn } from "./submission/submissions_folder.ts";
import { TASK } from "../../lessons/tools/typed.ts";

const PROGRAM = `${TASK} grade-join`;

const FLAGS = {
  class: text("DIR", "the submissions, to compare all with all", "a folder"),
  out: text("DIR", "where the tables go", "a folder"),
  ...CLASS_FLAGS,
  key: text("FILE", "names for codes: the key of --anonymous", "a file"),
  help: onOff("show this"),
};

const HELP = `Makes one table of a class that was graded in parts, by grade-all --part.

usage: ${PROGRAM} DIR… --out DIR

Each DIR is the folder of results of one part, in any order; or of a class, for
another table of it. Parts that were not graded with the same course, claims,
seed and Deno are refused.

${flagHelp(FLAGS)}
Exit code: 0 when each student of the class is there once; 1 when some are
missing or twice, and the tables have the others; 2 when nothing was joined.
`;

async function main(): Promise<number> {
  const { values, words } = parseFlags(FLAGS, Deno.args, PROGRAM);
  if (values.help) {
    print(HELP);
    return 0;
  }
  if (words.length === 0) throw new UsageError(`a folder is needed; see: ${PROGRAM} --help`);
  if (values.out === undefined) throw new UsageError("--out DIR is needed");
  const base = typedIn();
  const out = resolve(base, values.out);
  const folders = [...new Set(words.map((word) => resolve(base, word)))];
  if (folders.includes(out)) throw new UsageError(`--out ${out} is one of the parts`);
  const options = classOptions(values, base);
  const joined = Array.from(foldersByLesson(folders).values(), joinParts);
  const several = joined.length > 1;
  const nameOf = values.key === undefined
    ? (student: string) => student
    : namesBack(resolve(base, values.key));
  const about = await Promise.all(joined.map(async ({ lesson, notes }) => {
    const place = several ? join(out, `lesson${lesson}`) : out;
    const noted = new Map<string, About>(
      notes.map(([student, note]) => [nameOf(student), { note }]),
    );
    const likeness = values.class && await compare(resolve(base, values.class), lesson, place);
    return likeness ? mergeAbout([noted, likeness.about]) : noted;
  }));
  const results = mergeLessons(joined.map((one) => one.results))
    .map((one) => ({ ...one, student: nameOf(one.student) }));
  const ids = results.flatMap(({ result }) => claimsOf(result).map(({ id }) => id));
  checkPolicy(options.policy, [...new Set(ids)]);
  const lessons = joined.map(({ lesson }) => lesson);
  await writeTables(out, { lessons, results, about: mergeAbout(about) }, options);
  return report(joined, results.length, out);
}

async function compare(folder: string, lesson: number, out: string): Promise<LikenessReport> {
  const likeness = await LikenessReport.of(lesson, submissionsIn(folder, lesson).submissions);
  makeFolder(out);
  await likeness.write(out);
  return likeness;
}

function report(joined: readonly Joined[], students: number, out: string): number {
  const all = (names: (one: Joined) => readonly string[]) => [...new Set(joined.flatMap(names))];
  const missing = all((one) => one.missing), twice = all((one) => one.twice);
  sayNames("missing", missing);
  sayNames("twice, the first counts", twice);
  sayNames("not in the class of every part", all((one) => one.notForAll));
  print(
    `${students} students, ${missing.length} missing, ${twice.length} twice; ` +
      `see ${join(out, "summary.csv")}\n`,
  );
  return missing.length + twice.length > 0 ? 1 : 0;
}

await runMain(import.meta, main);
