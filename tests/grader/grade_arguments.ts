/** The command line of `deno task grade`: what is graded, by what, and where the result goes. */
import { resolve } from "node:path";
import {
  type Flag,
  flagHelp,
  oneOf,
  onOff,
  parseFlags,
  shortened,
  UsageError,
} from "../../lessons/tools/flags.ts";
import { CLAIMS, SEED, text } from "./grader_flags.ts";
import { CLASSROOM50_VARIABLES } from "./report_classroom50.ts";
import { FORMAT_NAMES, type OutputFile } from "./report_files.ts";

/** What was typed before the arguments. */
export const PROGRAM = "deno task grade";

/** What is graded: each lesson's exercise, its model, one file, or one command. */
export type Subject =
  | { readonly kind: "exercise" }
  | { readonly kind: "reference" }
  | { readonly kind: "file"; readonly path: string; readonly typed: string }
  | { readonly kind: "command"; readonly command: string; readonly sandbox?: "bubblewrap" };

/** A command line that was understood. */
export interface GradeRequest {
  readonly action: "grade" | "list" | "help";
  /** The lessons that were named; empty when none was. */
  readonly lessons: readonly number[];
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
  reference: onOff("grade the lessons' own models"),
  file: text("PATH", "grade another file that exports serve()", "a TypeScript file"),
  command: text("'./my_server {port}'", "grade a program in any language", "a command"),
  sandbox: oneOf(["bubblewrap"], "what holds a command in; needs bwrap"),
  claims: CLAIMS,
  seed: SEED,
  list: onOff("show the claims and their points"),
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

usage: ${PROGRAM} [LESSON…] [flags]

Without a lesson: every lesson that has an exercise.ts.

${flagHelp(FLAGS)}
A command may also have {workers}, {threads}, {processes}, {max_connections}:
a server without them keeps its own sizes. It runs in the project's folder.

Classroom 50 fields come from the environment:
${CLASSROOM50_VARIABLES.map((line) => `  ${line}\n`).join("")}
Exit code: 0 for full marks, 1 otherwise, 2 when something could not be graded.
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
    lessons: words.map(lessonNumber),
    subject: subjectOf(values, folder),
    claims: values.claims === undefined ? undefined : resolve(folder, values.claims),
    seed: values.seed,
    outputs,
    watch: values.watch === true,
    exitZero: values["exit-zero"] === true,
  };
  checkTogether(request);
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
  if (!/^\d$/.test(word)) {
    throw new UsageError(`'${shortened(word)}' is not a lesson's number, such as 3`);
  }
  return Number(word);
}

function subjectOf(
  values: { reference?: true; file?: string; command?: string; sandbox?: "bubblewrap" },
  folder: string,
): Subject {
  const { reference, file, command, sandbox } = values;
  if ([reference, file, command].filter((value) => value !== undefined).length > 1) {
    throw new UsageError("only one of --reference, --file and --command can be given");
  }
  if (file !== undefined) return { kind: "file", path: resolve(folder, file), typed: file };
  if (command !== undefined) return { kind: "command", command, sandbox };
  if (sandbox !== undefined) throw new UsageError("--sandbox is for --command; a file has its own");
  return { kind: reference ? "reference" : "exercise" };
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
    if (watch) throw new UsageError("--watch needs a file to watch, and --command names none");
  }
}
