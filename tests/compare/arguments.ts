/** The command line of `deno task compare`. */
import { resolve } from "node:path";
import {
  type Flag,
  flagHelp,
  onOff,
  parseFlags,
  shortened,
  UsageError,
} from "../../lessons/tools/flags.ts";
import type { Floor } from "../../models/parts/options.ts";
import { FLOORS_FLAG } from "../load/flags.ts";
import { text } from "../grader/grading/grader_flags.ts";
import { MODELS } from "./models.ts";

/** What was typed before the arguments. */
export const PROGRAM = "deno task compare";

/** A command line that was understood. */
export interface CompareRequest {
  readonly help: boolean;
  readonly models: readonly number[];
  /** Each model on each of them. */
  readonly floors: readonly Floor[];
  readonly quick: boolean;
  /** The path of the file that gets the figures. */
  readonly json?: string;
  readonly page: boolean;
}

const only: Flag<readonly number[]> = {
  placeholder: MODELS.length > 2 ? `${MODELS[0]},${MODELS[2]}` : `${MODELS[0]}`,
  about: "some of the models, and not all",
  allowed: `a list of models from ${MODELS[0]} to ${MODELS.at(-1)}, with commas`,
  parse(text) {
    const models = text.split(",").map((word) => /^\d$/.test(word) ? Number(word) : NaN);
    const known = models.every((model) => MODELS.includes(model));
    return known ? MODELS.filter((model) => models.includes(model)) : undefined;
  },
};

const FLAGS = {
  only,
  io: FLOORS_FLAG,
  json: text("FILE", "write the figures as JSON too", "a file to write"),
  quick: onOff("little of everything, for a look"),
  page: onOff("put the figures into the page"),
  help: onOff("show this"),
};

/** The text of `--help`. */
export const COMPARE_HELP = `Measures all models with the same workloads, and prints three tables.

usage: ${PROGRAM} [flags]

${flagHelp(FLAGS)}
The page is lessons/comparison/README.md; it explains the columns. Takes up to
two minutes a floor, and wants the machine for itself. --page takes both floors,
the servers of \`deno task peers\` and plots besides: a quarter of an hour. With
redis-server installed, the CPU time of a request is compared with Redis's.

Exit code: 0; 1 when a model could not be measured; 2 when nothing could.
`;

/**
 * @param folder what relative paths start from.
 * @throws UsageError when the command line cannot be followed.
 */
export function parseCompareArguments(args: string[], folder: string): CompareRequest {
  const { values, words } = parseFlags(FLAGS, args, PROGRAM);
  if (words.length > 0) {
    throw new UsageError(
      `no argument '${shortened(words[0])}' is expected; see: ${PROGRAM} --help`,
    );
  }
  const { help = false, quick = false, page = false } = values;
  if (page && (quick || values.only || values.io)) {
    throw new UsageError("--page needs full figures of all: neither --only, --io nor --quick");
  }
  const floors: readonly Floor[] = page ? ["deno", "kernel"] : values.io ?? ["deno"];
  const json = values.json === undefined ? undefined : resolve(folder, values.json);
  return { help, models: values.only ?? MODELS, floors, quick, json, page };
}
