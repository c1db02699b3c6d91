/**
 * What the tasks of this folder have in common: a lesson's number, `--questions`, `--help`; what is
 * wrong in one line; Ctrl-C.
 *
 * Exit code: 0; 1 when a server or `.progress` cannot be used; 2 for a wrong command line.
 */
import { type Lesson, lessonOf, NUMBERS } from "../catalogue.ts";
import { ServerFailed } from "../lab/run/server_failed.ts";
import {
  flagHelp,
  type Flags,
  type FlagValues,
  onOff,
  parseFlags,
  shortened,
  UsageError,
  wholeNumber,
} from "../tools/flags.ts";
import { colourFor, complain, endOnCtrlC, print } from "../tools/screen.ts";
import { TASK } from "../tools/typed.ts";
import { endMeasuring } from "./measure.ts";
import { progressText } from "./progress_file.ts";
import { ProgressError } from "./progress_lines.ts";
import { type Game, missedIn } from "./score.ts";

/** More than any lesson has. */
const MOST_QUESTIONS = 100;

/** What somebody wants to play. */
export interface Wanted {
  readonly lesson: Lesson;
  /** How many questions; undefined when nobody said so. */
  readonly questions?: number;
  /** What was missed before. */
  readonly missed: readonly string[];
}

/** Reads the command line of a game and plays it; ends the program when something is wrong. */
export async function playMain(
  game: Game,
  about: string,
  usual: string,
  play: (wanted: Wanted) => Promise<void>,
): Promise<void> {
  const flags = { "questions": wholeNumber(1, MOST_QUESTIONS, "N", `how many; default ${usual}`) };
  const usage = "LESSON";
  await runGame({ game, about, usage, flags, onCtrlC: endMeasuring }, async (values, words) => {
    if (words.length === 0) throw new UsageError(`which lesson? Such as: ${TASK} ${game} 3`);
    const lesson = lessonIn(words);
    await play({ lesson, questions: values.questions, missed: await missedBefore(game, lesson) });
  });
}

/** What a game's task is. */
export interface GameTask<F extends Flags> {
  readonly game: Game;
  /** In a few words. */
  readonly about: string;
  /** What stands behind its name. */
  readonly usage: string;
  /** Its flags; `--help` comes by itself. */
  readonly flags: F;
  /** What a Ctrl-C ends. */
  readonly onCtrlC: () => Promise<unknown>;
}

/** Reads a command line and plays; ends the program, with a line when something is wrong. */
export async function runGame<F extends Flags>(
  { game, about, usage, flags: own, onCtrlC }: GameTask<F>,
  play: (values: FlagValues<F>, words: readonly string[]) => Promise<void>,
): Promise<never> {
  const program = `${TASK} ${game}`;
  const flags = { ...own, "help": onOff("show this") };
  colourFor(Deno.stdout);
  endOnCtrlC(onCtrlC);
  try {
    const { values, words } = parseFlags(flags, Deno.args, program);
    if (values.help) print(`${about}\n\nusage: ${program} ${usage}\n\n${flagHelp(flags)}`);
    else await play(values, words);
    // A thread that reads standard input keeps the program.
    Deno.exit(0);
  } catch (error) {
    const usage = error instanceof UsageError;
    const known = usage || error instanceof ServerFailed || error instanceof ProgressError;
    if (!known) throw error;
    complain(error.message);
    Deno.exit(usage ? 2 : 1);
  }
}

/** The ids of what was missed in a game on a lesson. Throws `ProgressError`. */
export async function missedBefore(game: Game, { number }: Lesson): Promise<readonly string[]> {
  return missedIn(await progressText(), game, number);
}

/** The lesson that was typed. Throws `UsageError`. */
export function lessonIn([typed = "", ...others]: readonly string[]): Lesson {
  const number = NUMBERS.find((number) => String(number) === typed);
  if (number === undefined) {
    throw new UsageError(`no lesson ${shortened(typed)}; there are ${NUMBERS.join(", ")}`);
  }
  if (others.length > 0) throw new UsageError(`one lesson, not '${shortened(others[0])}' too`);
  return lessonOf(number);
}
