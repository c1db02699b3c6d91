/** The command line of `deno task grade-all`. */
import { join, resolve } from "node:path";
import {
  type Flag,
  flagHelp,
  type FlagValues,
  onOff,
  parseFlags,
  UsageError,
  wholeNumber,
} from "../../../lessons/tools/flags.ts";
import { Codes } from "../class/anonymous.ts";
import { CLASS_FLAGS, type ClassOptions, classOptions } from "../class/class_options.ts";
import { PART, type Part, WHOLE } from "../class/part.ts";
import { CLAIMS, SEED, text } from "./grader_flags.ts";
import { TASK } from "../../../lessons/tools/typed.ts";

const PROGRAM = `${TASK} grade-all`;

/** How a class is graded by one lesson. Paths are absolute. */
export interface GradeAllRequest {
  /** The folder with the submissions. */
  readonly folder: string;
  readonly lesson: number;
  /** Where the results go. */
  readonly out: string;
  /** Which students are graded. */
  readonly part: Part;
  /** Submissions graded at the same time. */
  readonly parallel: number;
  /** Grade those too whose result is there already. */
  readonly again: boolean;
  readonly claims?: string;
  readonly seed?: number;
  /** The key by which students are known by codes; undefined: by their names. */
  readonly codes?: Codes;
}

/** A command line that was understood. */
export interface ClassRequest extends Omit<GradeAllRequest, "lesson"> {
  readonly lessons: readonly number[];
  readonly options: ClassOptions;
}

/** `--lesson 3,4`. */
const LESSONS: Flag<number[]> = {
  placeholder: "N,…",
  about: "the lessons whose claims are tried",
  allowed: "a lesson such as 3, or several: 3,4",
  parse: (typed) =>
    /^[1-9](,[1-9])*$/.test(typed) ? [...new Set(typed.split(",").map(Number))].sort() : undefined,
};

const FLAGS = {
  lesson: LESSONS,
  out: text("DIR", "where the results go; default DIR-grades", "a folder"),
  part: PART,
  parallel: wholeNumber(1, 64, "N", "graded at once; default: one for each core"),
  again: onOff("grade again what was graded before"),
  claims: CLAIMS,
  seed: SEED,
  ...CLASS_FLAGS,
  anonymous: text("KEY", "codes for names; KEY says whose, as CSV", "a file"),
  help: onOff("show this"),
};

/** The text of `--help`. */
export const GRADE_ALL_HELP = `Grades a folder of submissions, one for each student.

usage: ${PROGRAM} DIR --lesson N [flags]

In DIR a student is a file NAME.ts or a folder NAME/ with exercise.ts in it (or
lessonN.ts, or a single .ts file); names that Canvas and Moodle give are known.
The results are OUT/results/NAME.json, and of all OUT/summary.csv and .json; of
several lessons a folder OUT/lessonN for each, and one table. A run that was
stopped goes on where it was: a student whose files are the same, graded by the
same grader, is not graded again.

With --part K/N several machines grade a part each, to an OUT of its own (by
default DIR-grades-K-of-N); the task grade-join makes one table of them.

${flagHelp(FLAGS)}
What is inconclusive is asked again at the end, alone.
Exit code: 0 when everyone was graded, whatever the marks; 1 when the grader
itself failed for someone, or a claim is still inconclusive; 2 for a wrong
command line, and when this machine gives the lesson's own model less than full
marks: then nobody is marked.
`;

/**
 * @param folder what relative paths start from.
 * @returns undefined when help is wanted.
 * @throws UsageError when the command line cannot be followed.
 */
export function parseGradeAllArguments(
  args: string[],
  folder: string,
): ClassRequest | undefined {
  const { values, words } = parseFlags(FLAGS, args, PROGRAM);
  if (values.help) return undefined;
  if (words.length !== 1) throw new UsageError(`one folder is needed; see: ${PROGRAM} --help`);
  if (values.lesson === undefined) throw new UsageError("--lesson N is needed");
  refuseNames(values);
  const submissions = resolve(folder, words[0]);
  const part = values.part ?? WHOLE;
  const usual = `${submissions}-grades${part === WHOLE ? "" : `-${part.number}-of-${part.of}`}`;
  const out = values.out === undefined ? usual : resolve(folder, values.out);
  if (`${out}/`.startsWith(`${submissions}/`)) {
    throw new UsageError(`--out ${out} is in the folder of the submissions`);
  }
  return {
    folder: submissions,
    lessons: values.lesson,
    out,
    part,
    parallel: values.parallel ?? navigator.hardwareConcurrency,
    again: values.again === true,
    claims: values.claims === undefined ? undefined : resolve(folder, values.claims),
    seed: values.seed,
    codes: values.anonymous === undefined
      ? undefined
      : codesFor(resolve(folder, values.anonymous), out),
    options: classOptions(values, folder),
  };
}

/** @throws UsageError when the key would lie among the results. */
function codesFor(key: string, out: string): Codes {
  if (`${key}/`.startsWith(`${out}/`)) throw new UsageError(`--anonymous ${key} is in --out`);
  return new Codes(key);
}

/** What needs the names of all is given when all are there, with their names. */
function refuseNames({ part, anonymous, ...values }: FlagValues<typeof FLAGS>): void {
  const flag = anonymous !== undefined ? "anonymous" : part !== undefined ? "part" : undefined;
  const named = (["roster", "late", "canvas", "moodle"] as const).find((name) => values[name]);
  if (flag === undefined || named === undefined) return;
  throw new UsageError(`--${named} does not go with --${flag}: give it to grade-join afterwards`);
}

/** The folder of one JSON file for each student. */
export function resultsFolder(out: string): string {
  return join(out, "results");
}
