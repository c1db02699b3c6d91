/**
 * Flags of a command line, from a table: the same table reads them, checks them and explains them
 * in `--help`. What is wrong with a command line is said in one line, without a stack trace.
 */
import { parseArgs } from "@std/cli/parse-args";
import { safeText } from "../../models/parts/protocol/safe_text.ts";

/** One flag. */
export interface Flag<T> {
  /** What stands for the value in the help, such as `PORT`; a flag without one has no value. */
  readonly placeholder?: string;
  /** What it is for, in at most 43 characters. */
  readonly about: string;
  /** The allowed values, in words that fit behind 'is not' and 'needs'. */
  readonly allowed: string;
  /** @returns undefined when the text is not an allowed value. */
  parse(text: string): T | undefined;
}

/** Flags by their names, without the dashes. */
// deno-lint-ignore no-explicit-any
export type Flags = Record<string, Flag<any>>;

/** The values of the flags that were given. */
export type FlagValues<F extends Flags> = {
  [Name in keyof F]?: F[Name] extends Flag<infer T> ? T : never;
};

/** A command line that cannot be followed; the message says what was given and what is allowed. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** A flag whose value is a whole number of a range. */
export function wholeNumber(
  least: number,
  most: number,
  placeholder: string,
  about: string,
): Flag<number> {
  return {
    placeholder,
    about,
    allowed: `a whole number from ${least} to ${most}`,
    parse(text) {
      const value = /^\d+$/.test(text) ? Number(text) : NaN;
      return value >= least && value <= most ? value : undefined;
    },
  };
}

/** A flag whose value is one of a few words. */
export function oneOf<T extends string>(choices: readonly T[], about: string): Flag<T> {
  return {
    placeholder: choices.join("|"),
    about,
    allowed: `one of ${choices.join(", ")}`,
    parse: (text) => choices.find((choice) => choice === text),
  };
}

/** A flag that is given or not, and has no value. */
export function onOff(about: string): Flag<true> {
  return { about, allowed: "no value", parse: () => true };
}

/**
 * Reads a command line.
 *
 * @param program what was typed before `args`, for the messages: `deno task lesson3`.
 * @param firstWordEnds true: what follows the first word that is no flag is no flag either.
 * @returns the values of the flags that were given, and the words that are no flags.
 * @throws UsageError for an unknown flag, a missing value or one that is not allowed.
 */
export function parseFlags<F extends Flags>(
  flags: F,
  args: string[],
  program: string,
  firstWordEnds = false,
): { values: FlagValues<F>; words: string[] } {
  const names = Object.keys(flags);
  const takesValue = (name: string) => flags[name].placeholder !== undefined;
  const unknown: string[] = [];
  const parsed = parseArgs(args, {
    string: [...names.filter(takesValue), "_"],
    boolean: names.filter((name) => !takesValue(name)),
    stopEarly: firstWordEnds,
    unknown(typed, key) {
      if (key !== undefined) unknown.push(typed.replace(/=.*/s, ""));
      return key === undefined;
    },
  });
  const values: FlagValues<F> = {};
  for (const name of names) {
    const text = parsed[name];
    if (text === undefined || text === false) continue;
    if (text === "") throw new UsageError(`--${name} needs ${flags[name].allowed}`);
    const value = flags[name].parse(text);
    if (value === undefined) {
      throw new UsageError(`--${name}: '${shortened(text)}' is not ${flags[name].allowed}`);
    }
    values[name as keyof F] = value;
  }
  if (unknown.length > 0) {
    throw new UsageError(`no flag ${shortened(unknown[0])}; see: ${program} --help`);
  }
  return { values, words: parsed._ };
}

/** What was typed, cut so that a message about it fits on a line. */
export function shortened(text: string): string {
  const plain = safeText(text, () => "?");
  return plain.length > 16 ? plain.slice(0, 15) + "…" : plain;
}

/** The help's lines on the flags, at most 80 columns wide. */
export function flagHelp(flags: Flags): string {
  return Object.entries(flags).map(([name, { placeholder, about }]) => {
    const typed = `--${name}${placeholder === undefined ? "" : ` ${placeholder}`}`;
    return `  ${typed.padEnd(35)}${about}\n`;
  }).join("");
}
