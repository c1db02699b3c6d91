/** The client's command line. */
import {
  flagHelp,
  type FlagValues,
  onOff,
  parseFlags,
  shortened,
  UsageError,
  wholeNumber,
} from "./flags.ts";
import { DEFAULT_HOST, defaultPort, LESSONS } from "./lesson_flags.ts";

const PROGRAM = "deno task client";
const FLAGS = {
  "port": wholeNumber(1, 65535, "PORT", "default: the lesson's, 8001 for lesson 1"),
  "host": {
    placeholder: "ADDRESS",
    about: `default ${DEFAULT_HOST}`,
    allowed: "an address",
    parse: (text: string) => text,
  },
  "clients": wholeNumber(1, 1000, "K", "the same on so many connections at once"),
  "idle": onOff("connect and send nothing, until Ctrl-C"),
  "half-close": onOff("say after the command: no more comes"),
  "time": onOff("show times, as on a terminal"),
  "no-time": onOff("don't show times"),
  "help": onOff("show this"),
};

/** What `--help` prints. */
export const CLIENT_HELP = `A client for the lessons' servers

usage: ${PROGRAM} LESSON [flags]              a prompt for commands
       ${PROGRAM} LESSON [flags] COMMAND …    one command

${flagHelp(FLAGS)}`;

/** What the command line asks for. */
export interface Order {
  readonly address: Deno.NetAddr;
  /** The command that starts the server at that address. */
  readonly serverCommand: string;
  /** The command; empty: a prompt, or nothing with `--idle`. */
  readonly words: readonly string[];
  /** How many connections; undefined: one, and no word about the number. */
  readonly clients?: number;
  readonly idle: boolean;
  readonly halfClose: boolean;
  /** Undefined: as the output is a terminal or not. */
  readonly showTime?: boolean;
}

/**
 * @returns "help" when that is asked for.
 * @throws UsageError for a command line that cannot be followed.
 */
export function readClientArguments(args: string[]): Order | "help" {
  const before = parseFlags(FLAGS, args, PROGRAM, true);
  const [lessonText, ...rest] = before.words;
  const after = parseFlags(FLAGS, rest, PROGRAM, true);
  const values = { ...before.values, ...after.values };
  if (values.help) return "help";
  const lesson = lessonNumber(lessonText);
  refuseWhatDoesNotFit(values, after.words);
  const { port = defaultPort(lesson), host: hostname = DEFAULT_HOST } = values;
  return {
    address: { transport: "tcp", hostname, port },
    serverCommand: `deno task lesson${lesson}` +
      (port === defaultPort(lesson) ? "" : ` --port ${port}`),
    words: after.words,
    clients: values.clients,
    idle: values.idle ?? false,
    halfClose: values["half-close"] ?? false,
    showTime: values["no-time"] ? false : values.time,
  };
}

function lessonNumber(text: string | undefined): number {
  if (text === undefined) throw new UsageError(`which lesson? Such as: ${PROGRAM} 3`);
  const lesson = LESSONS.find((number) => String(number) === text);
  if (lesson === undefined) {
    throw new UsageError(`no lesson ${shortened(text)}; there are ${LESSONS.join(", ")}`);
  }
  return lesson;
}

function refuseWhatDoesNotFit(values: FlagValues<typeof FLAGS>, words: string[]): void {
  if (values.idle && words.length > 0) {
    throw new UsageError(`--idle sends nothing, so it takes no ${shortened(words[0])}`);
  }
  if (words.length > 0 || values.idle) return;
  for (const name of ["clients", "half-close"] as const) {
    if (values[name]) throw new UsageError(`--${name} needs a command, such as WHO`);
  }
}
