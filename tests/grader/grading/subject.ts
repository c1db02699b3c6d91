/** What `deno task grade` is to grade, and the flags that say it. */
import { resolve } from "node:path";
import type { Floor } from "../../../models/parts/options.ts";
import { oneOf, onOff, UsageError } from "../../../lessons/tools/flags.ts";
import { text } from "./grader_flags.ts";

/** What is graded: each lesson's exercise, its model, one file, or one command. */
export type Subject =
  | { readonly kind: "exercise" }
  | { readonly kind: "reference"; readonly io?: Floor }
  | {
    readonly kind: "file";
    readonly path: string;
    readonly typed: string;
    /** Nothing outside of it is the submission's; default: the file's folder. */
    readonly within?: string;
  }
  | { readonly kind: "command"; readonly command: string; readonly sandbox?: "bubblewrap" };

export const SUBJECT_FLAGS = {
  reference: onOff("grade the lessons' own models"),
  io: oneOf<Floor>(["deno", "kernel"], "what those stand on; kernel: system calls"),
  file: text("PATH", "grade another file that exports serve()", "a TypeScript file"),
  within: text("PATH", "what is its own: a folder, or the file", "a folder, or the file"),
  command: text("'./my_server {port}'", "grade a program in any language", "a command"),
  sandbox: oneOf(["bubblewrap"], "what holds a command in; needs bwrap"),
};

/** What was typed for those flags. */
interface SubjectValues {
  readonly reference?: true;
  readonly io?: Floor;
  readonly file?: string;
  readonly within?: string;
  readonly command?: string;
  readonly sandbox?: "bubblewrap";
}

/**
 * @param folder what relative paths start from.
 * @throws UsageError when flags do not go together.
 */
export function subjectOf(
  { reference, io, file, within, command, sandbox }: SubjectValues,
  folder: string,
): Subject {
  if ([reference, file, command].filter((value) => value !== undefined).length > 1) {
    throw new UsageError("only one of --reference, --file and --command can be given");
  }
  if (io !== undefined && !reference) {
    throw new UsageError("--io is for --reference: nobody else's server may call C");
  }
  if (file !== undefined) {
    const whose = within === undefined ? {} : { within: resolve(folder, within) };
    return { kind: "file", path: resolve(folder, file), typed: file, ...whose };
  }
  if (within !== undefined) throw new UsageError("--within is for --file: what belongs to it");
  if (command !== undefined) return { kind: "command", command, sandbox };
  if (sandbox !== undefined) throw new UsageError("--sandbox is for --command; a file has its own");
  return reference ? { kind: "reference", io } : { kind: "exercise" };
}
