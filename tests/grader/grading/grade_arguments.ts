/** The command line of `deno task grade`: what is graded, by what, and where the result goes. */
import { resolve } from "node:path";
import {
  type Flag,
  flagHelp,
  onOff,
  parseFlags,
  shortened,
  UsageError,
} from "../../../lessons/tools/flags.ts";
import { whyNeedsShell } from "../../../lessons/tools/command_words.ts";
import { TASK } from "../../../lessons/tools/typed.ts";
import { CLAIMS, SEED, text } from "./grader_flags.ts";
import { type Subject, SUBJECT_FLAGS, subjectOf } from "./subject.ts";
import { FORMAT_NAMES, type OutputFile } from "../report/files.ts";

/** What was typed before the arguments. */
export const PROGRAM = `${TASK} grade`;

/** A command line that was understood. */
export interface GradeRequest {
  readonly action: "grade" | "list" | "help";
  /** The lessons that were named, by themselves or by a claim; empty when none was. */
  readonly lessons: readonly number[];
  /** The claims that were named, such as `4.P1`; empty: all of the lessons. */
  readonly ids: readonly string[];
  /** Whether the report has the steps of every claim. */
  readonly steps: boolean;
  readonly subject: Subject;
  /** A folder with more claims. */
  readonly claims?: string;
  readonly seed?: number;
  readonly outputs: readonly OutputFile[];
  readonly watch: boolean;
  readonly exitZero: boolean;
}

/** A flag whose value is a file to write. */
function output(about: string): Flag<string> {
  return text("FILE", about, "a file to write, or - for standard output");
}

const FLAGS = {
  ...SUBJECT_FLAGS,
  claims: CLAIMS,
  seed: SEED,
  list: onOff("show the claims and their points"),
  steps: onOff("show all steps, of claims that hold too"),
  watch: onOff("grade again whenever the file is saved"),
  json: output("write the result, - for standard output"),
  junit: output("the same as JUnit XML"),
  gradescope: output("the same as Gradescope's results.json"),
  classroom50: output("the same as Classroom 50's result.json"),
  "exit-zero": onOff("exit with 0 whatever the marks are"),
  help: onOff("show this"),
};

/** The text of `--help`. */
export const GRADE_HELP = `Grades a server by the claims of the lessons.

usage: ${PROGRAM} [LESSON…|CLAIM…] [flags]
Without a lesson: every lesson that has an exercise.ts. A claim, such as 4.P1,
is tried alone.

${flagHelp(FLAGS)}
A command may also have {workers}, {threads}, {processes}, {max_connections}.
Exit code: 0 for full marks, 1 otherwise, 2 when something could not be graded,
or this machine gives the lesson's own model less than full marks.
`;

/**
 * @param folder what relative paths start from.
 * @throws UsageError when the command line cannot be followed.
 */
export function parseGradeArguments(args: string[], folder: string): GradeRequest {
  const { values, words } = parseFlags(FLAGS, joinDashes(args), PROGRAM);
  const outputs = FORMAT_NAMES.flatMap((format) => {
    const path = values[format];
    return path === undefined
      ? []
      : [{ format, path: path === "-" ? path : resolve(folder, path) }];
  });
  if (outputs.filter(({ path }) => path === "-").length > 1) {
    throw new UsageError("only one format can go to standard output");
  }
  const request: GradeRequest = {
    action: values.help ? "help" : values.list ? "list" : "grade",
    lessons: [...new Set(words.map(lessonNumber))],
    ids: words.filter((word) => word.length > 1),
    steps: values.steps === true,
    subject: subjectOf(values, folder),
    claims: values.claims === undefined ? undefined : resolve(folder, values.claims),
    seed: values.seed,
    outputs,
    watch: values.watch === true,
    exitZero: values["exit-zero"] === true,
  };
  checkTogether(request);
  if (request.ids.length > 0 && request.ids.length < words.length) {
    throw new UsageError("lessons or claims can be named, not both");
  }
  return request;
}

/** Makes `--json=-` of `--json -`: a value of its own that begins with a dash is taken for a flag. */
function joinDashes(args: string[]): string[] {
  return args.flatMap((arg, i) => {
    if (arg === "-" && args[i - 1]?.startsWith("--")) return [];
    return args[i + 1] === "-" && arg.startsWith("--") ? [`${arg}=-`] : [arg];
  });
}

function lessonNumber(word: string): number {
  if (!/^\d(\.[A-Z]\d{1,3})?$/.test(word)) {
    const what = `'${shortened(word)}' is not a lesson's number, such as 3`;
    throw new UsageError(`${what}, nor a claim, such as 3.P1`);
  }
  return Number(word[0]);
}

/** What makes no sense together, or not alone. */
function checkTogether({ action, lessons, subject, watch }: GradeRequest): void {
  if (action !== "grade") return;
  if (subject.kind === "file" || subject.kind === "command") {
    if (lessons.length !== 1) throw new UsageError(`--${subject.kind} needs exactly one lesson`);
  }
  if (subject.kind === "command") {
    if (!subject.command.includes("{port}")) {
      throw new UsageError("--command needs {port} where the port's number goes");
    }
    const why = whyNeedsShell(subject.command);
    if (why !== "") throw new UsageError(`--command: ${why}`);
    if (watch) throw new UsageError("--watch needs a file to watch, and --command names none");
  }
}
