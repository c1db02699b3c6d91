/** The command line of `deno task peers`. */
import { resolve } from "node:path";
import {
  type Flag,
  flagHelp,
  onOff,
  parseFlags,
  shortened,
  UsageError,
  wholeNumber,
} from "../../lessons/tools/flags.ts";
import { text } from "../grader/grading/grader_flags.ts";
import type { Effort } from "./ratios.ts";

/** What was typed before the arguments. */
export const PROGRAM = "deno task peers";

/** What there is to choose from. */
export interface Choices {
  /** Servers and pools. */
  readonly peers: readonly string[];
  readonly reach: readonly string[];
}

/** A command line that was understood. */
export interface PeersRequest extends Effort {
  readonly reach: boolean;
  /** Some of them, and not all. */
  readonly only?: readonly string[];
  /** The path of the file that gets the figures. */
  readonly json?: string;
}

const only: Flag<readonly string[]> = {
  placeholder: "NAME,NAME",
  about: "some of the names below, and not all",
  allowed: "names with commas",
  parse: (text) => text.split(","),
};

const seconds: Flag<number> = {
  placeholder: "S",
  about: "each round of each server; default 1",
  allowed: "a number of seconds from 0.1 to 60",
  parse(text) {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    return value >= 0.1 && value <= 60 ? value : undefined;
  },
};

const FLAGS = {
  reach: onOff("what the models are to reach, and do reach"),
  only,
  rounds: wholeNumber(1, 20, "N", "of which the median counts; default 3"),
  seconds,
  json: text("FILE", "write the figures as JSON too", "a file to write"),
  help: onOff("show this"),
};

/** The text of `--help`. */
export function helpText({ peers, reach }: Choices): string {
  const list = (names: readonly string[]) => {
    const lines = [""];
    for (const name of names) {
      if (lines[0].length + name.length > 76) lines.unshift("");
      lines[0] += ` ${name}`;
    }
    return lines.reverse().map((line) => ` ${line}\n`).join("");
  };
  return `The models beside redis-server, servers in C, Go and Node, and other pools.

usage: ${PROGRAM} [flags]

${flagHelp(FLAGS)}
Takes about four minutes, --reach ten, and wants the machine for itself. What
the machine lacks is named. Linux only.

Servers and pools:
${list(peers)}
Rows of --reach:
${list(reach)}
Exit code: 0; 1 when something could not be measured; 2 for a wrong command
line. What is reached and what not makes no difference to it.
`;
}

/**
 * @param folder what relative paths start from.
 * @throws UsageError when the command line cannot be followed.
 */
export function parsePeersArguments(
  args: string[],
  folder: string,
  choices: Choices,
): PeersRequest | "help" {
  const { values, words } = parseFlags(FLAGS, args, PROGRAM);
  if (values.help) return "help";
  if (words.length > 0) {
    throw new UsageError(
      `no argument '${shortened(words[0])}' is expected; see: ${PROGRAM} --help`,
    );
  }
  const reach = values.reach ?? false;
  const names = reach ? choices.reach : choices.peers;
  const unknown = values.only?.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--only: there is no '${shortened(unknown)}'; see: ${PROGRAM} --help`);
  }
  const json = values.json === undefined ? undefined : resolve(folder, values.json);
  const { rounds = 3, seconds = 1 } = values;
  return { reach, only: values.only, rounds, seconds, json };
}
