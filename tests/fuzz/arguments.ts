/** The command line of `deno task fuzz`. */
import {
  flagHelp,
  oneOf,
  onOff,
  parseFlags,
  shortened,
  UsageError,
  wholeNumber,
} from "../../lessons/tools/flags.ts";
import type { Floor } from "../../models/parts/options.ts";

const PROGRAM = "deno task fuzz";
const MOST_CASES = 1_000_000_000, MOST_SEED = 2 ** 31 - 1;
const DEFAULT_CASES = 20_000;

/** A command line that was understood. */
export interface FuzzRequest {
  readonly cases: number;
  /** What the models stand on. */
  readonly io: Floor;
  readonly seed: number;
}

const FLAGS = {
  cases: wholeNumber(1, MOST_CASES, "N", `all together; default ${DEFAULT_CASES}`),
  seed: wholeNumber(0, MOST_SEED, "N", "the same seed, the same cases; default: any"),
  io: oneOf<Floor>(["deno", "kernel"], "what the models stand on; default deno"),
  help: onOff("show this"),
};

/** The text of `--help`. */
export const FUZZ_HELP = `Plays random bytes, cut anywhere, to parser, models and redis-server.

usage: ${PROGRAM} [flags]

${flagHelp(FLAGS)}
A case that fails is made as small as it can be and shown with its seed.
Exit code: 0; 1 when a case failed; 2 for a wrong command line.
`;

/**
 * @returns "help" when that is asked for.
 * @throws UsageError when the command line cannot be followed.
 */
export function parseFuzzArguments(args: string[]): FuzzRequest | "help" {
  const { values, words } = parseFlags(FLAGS, args, PROGRAM);
  if (words.length > 0) {
    throw new UsageError(
      `no argument '${shortened(words[0])}' is expected; see: ${PROGRAM} --help`,
    );
  }
  if (values.help) return "help";
  const anySeed = crypto.getRandomValues(new Uint32Array(1))[0] % MOST_SEED;
  const { cases = DEFAULT_CASES, io = "deno", seed = anySeed } = values;
  return { cases, io, seed };
}
