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
import { lessonOf, NUMBERS, portOf } from "../catalogue.ts";
import { rawBytes } from "./client_raw.ts";
import { DEFAULT_HOST } from "./lesson_flags.ts";
import { TASK } from "./typed.ts";

/** Between two pieces; long enough for a server to have read the first. */
const DEFAULT_PAUSE_MS = 300;

const PROGRAM = `${TASK} client`;
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
  "raw": onOff(`bytes as they are: ${String.raw`'PI' 'NG\r\n'`} in two`),
  "pause": wholeNumber(0, 60_000, "MS", `between such pieces; default ${DEFAULT_PAUSE_MS}`),
  "deaf": onOff("send again and again, read nothing"),
  "time": onOff("show times, as on a terminal"),
  "no-time": onOff("don't show times"),
  "help": onOff("show this"),
};

/** What `--help` prints. */
export const CLIENT_HELP = `A client for the lessons' servers

usage: ${PROGRAM} LESSON [flags]             a prompt
       ${PROGRAM} LESSON [flags] COMMAND …   one command
       ${PROGRAM} LESSON --raw [flags] [BYTES …]

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
  /** The words as bytes, for `--raw`; undefined: they are a command. */
  readonly pieces?: readonly Uint8Array[];
  readonly pauseMs: number;
  /** Ask and ask, and never read. */
  readonly deaf: boolean;
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
  const lesson = lessonOf(lessonNumber(lessonText));
  refuseWhatDoesNotFit(values, after.words);
  const { port = portOf(lesson), host: hostname = DEFAULT_HOST } = values;
  return {
    address: { transport: "tcp", hostname, port },
    serverCommand: `${TASK} lesson${lesson.number}` +
      (port === portOf(lesson) ? "" : ` --port ${port}`),
    words: after.words,
    clients: values.clients,
    idle: values.idle ?? false,
    halfClose: values["half-close"] ?? false,
    pieces: values.raw ? after.words.map(rawBytes) : undefined,
    pauseMs: values.pause ?? DEFAULT_PAUSE_MS,
    deaf: values.deaf ?? false,
    showTime: values["no-time"] ? false : values.time,
  };
}

function lessonNumber(text: string | undefined): number {
  if (text === undefined) throw new UsageError(`which lesson? Such as: ${PROGRAM} 3`);
  const lesson = NUMBERS.find((number) => String(number) === text);
  if (lesson === undefined) {
    throw new UsageError(`no lesson ${shortened(text)}; there are ${NUMBERS.join(", ")}`);
  }
  return lesson;
}

function refuseWhatDoesNotFit(values: FlagValues<typeof FLAGS>, words: string[]): void {
  if (values.idle && words.length > 0) {
    throw new UsageError(`--idle sends nothing, so it takes no ${shortened(words[0])}`);
  }
  if (values.pause !== undefined && !values.raw) throw new UsageError("--pause goes with --raw");
  for (const name of ["idle", "deaf", "clients"] as const) {
    if (values.raw && values[name]) throw new UsageError(`--raw does not go with --${name}`);
  }
  if (values.deaf && values.idle) throw new UsageError("--deaf does not go with --idle");
  if (words.length > 0 || values.idle) return;
  for (const name of ["clients", "half-close", "deaf"] as const) {
    if (values[name]) throw new UsageError(`--${name} needs a command, such as WHO`);
  }
}
