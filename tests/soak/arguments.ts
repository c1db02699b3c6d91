/** The command line of `deno task soak`. */
import {
  type Flag,
  flagHelp,
  oneOf,
  onOff,
  parseFlags,
  shortened,
  UsageError,
  wholeNumber,
} from "../../lessons/tools/flags.ts";
import type { Floor } from "../../models/parts/options.ts";

const PROGRAM = "deno task soak";
const DEFAULT_MINUTES = 1, MOST_SEED = 2 ** 31 - 1;

/** A command line that was understood. */
export interface SoakRequest {
  /** On each model. */
  readonly minutes: number;
  readonly models: readonly number[];
  /** What they stand on. */
  readonly io: Floor;
  readonly seed: number;
  /** The file that gets the picture. */
  readonly plot?: string;
}

const minutes: Flag<number> = {
  placeholder: "N",
  about: `on each model; default ${DEFAULT_MINUTES}`,
  allowed: "a number of minutes from 0.05 to 1440",
  parse(text) {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    return value >= 0.05 && value <= 1440 ? value : undefined;
  },
};
const plot: Flag<string> = {
  placeholder: "FILE",
  about: "draw the memory, as SVG",
  allowed: "a file to write",
  parse: (text) => text,
};
const FLAGS = {
  minutes,
  model: wholeNumber(1, 99, "N", "this model only"),
  seed: wholeNumber(0, MOST_SEED, "N", "the same seed, the same requests"),
  io: oneOf<Floor>(["deno", "kernel"], "what it stands on; default deno"),
  plot,
  help: onOff("show this"),
};

/** The text of `--help`. */
export const SOAK_HELP =
  `Clients come and go on each model for a while, and every reply is looked at.

usage: ${PROGRAM} [flags]

${flagHelp(FLAGS)}
Linux only. Exit code: 0; 1 when a reply was wrong or something was left behind;
2 for a wrong command line.
`;

/**
 * @param known the models that there are.
 * @returns "help" when that is asked for.
 * @throws UsageError when the command line cannot be followed.
 */
export function parseSoakArguments(args: string[], known: readonly number[]): SoakRequest | "help" {
  const { values, words } = parseFlags(FLAGS, args, PROGRAM);
  if (words.length > 0) {
    throw new UsageError(
      `no argument '${shortened(words[0])}' is expected; see: ${PROGRAM} --help`,
    );
  }
  if (values.help) return "help";
  if (Deno.build.os !== "linux") throw new UsageError("the soak reads Linux's /proc");
  const { model } = values;
  if (model !== undefined && !known.includes(model)) throw new UsageError(`no model ${model}`);
  return {
    minutes: values.minutes ?? DEFAULT_MINUTES,
    models: model === undefined ? known : [model],
    io: values.io ?? "deno",
    seed: values.seed ?? crypto.getRandomValues(new Uint32Array(1))[0] % MOST_SEED,
    plot: values.plot,
  };
}
