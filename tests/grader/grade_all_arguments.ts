/** The command line of `deno task grade-all`. */
import { join, resolve } from "node:path";
import { flagHelp, onOff, parseFlags, UsageError, wholeNumber } from "../../lessons/tools/flags.ts";
import { CLAIMS, SEED, text } from "./grader_flags.ts";

const PROGRAM = "deno task grade-all";

/** A command line that was understood. Paths are absolute. */
export interface GradeAllRequest {
  /** The folder with the submissions. */
  readonly folder: string;
  readonly lesson: number;
  /** Where the results go. */
  readonly out: string;
  /** Submissions graded at the same time. */
  readonly parallel: number;
  /** Grade those too whose result is there already. */
  readonly again: boolean;
  readonly claims?: string;
  readonly seed?: number;
}

const FLAGS = {
  lesson: wholeNumber(1, 9, "N", "the lesson whose claims are tried"),
  out: text("DIR", "where the results go; default DIR-grades", "a folder"),
  parallel: wholeNumber(1, 64, "N", "graded at once; default: one for each core"),
  again: onOff("grade again what was graded before"),
  claims: CLAIMS,
  seed: SEED,
  help: onOff("show this"),
};

/** The text of `--help`. */
export const GRADE_ALL_HELP = `Grades a folder of submissions, one for each student.

usage: ${PROGRAM} DIR --lesson N [flags]

In DIR a student is a file NAME.ts or a folder NAME/ with exercise.ts in it (or
lessonN.ts, or a single .ts file). The results are OUT/results/NAME.json, and of
all OUT/summary.csv and OUT/summary.json. A run that was stopped goes on where
it was: a student whose files, and the grader, are the same is not graded again.

${flagHelp(FLAGS)}
Exit code: 0 when everyone was graded, whatever the marks; 1 when the grader
itself failed for someone; 2 for a wrong command line.
`;

/**
 * @param folder what relative paths start from.
 * @returns undefined when help is wanted.
 * @throws UsageError when the command line cannot be followed.
 */
export function parseGradeAllArguments(
  args: string[],
  folder: string,
): GradeAllRequest | undefined {
  const { values, words } = parseFlags(FLAGS, args, PROGRAM);
  if (values.help) return undefined;
  if (words.length !== 1) throw new UsageError(`one folder is needed; see: ${PROGRAM} --help`);
  if (values.lesson === undefined) throw new UsageError("--lesson N is needed");
  const submissions = resolve(folder, words[0]);
  const out = values.out === undefined ? `${submissions}-grades` : resolve(folder, values.out);
  if (`${out}/`.startsWith(`${submissions}/`)) {
    throw new UsageError(`--out ${out} is in the folder of the submissions`);
  }
  return {
    folder: submissions,
    lesson: values.lesson,
    out,
    parallel: values.parallel ?? navigator.hardwareConcurrency,
    again: values.again === true,
    claims: values.claims === undefined ? undefined : resolve(folder, values.claims),
    seed: values.seed,
  };
}

/** The folder of one JSON file for each student. */
export function resultsFolder(out: string): string {
  return join(out, "results");
}
