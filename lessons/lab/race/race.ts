/**
 * `deno task race`: one workload on all seven models, one after the other, and on a server of one's own
 * as the eighth; then all on one time axis.
 *
 * Exit code: 0; 1 when a server does not start; 2 for a wrong command line.
 */
import { dim } from "@std/fmt/colors";
import { lessonOf, LESSONS, NUMBERS } from "../../catalogue.ts";
import {
  flagHelp,
  type FlagValues,
  onOff,
  parseFlags,
  UsageError,
  wholeNumber,
} from "../../tools/flags.ts";
import { colourFor, complain, ENDED_BY_CTRL_C, endOnCtrlC, print } from "../../tools/screen.ts";
import { TASK } from "../../tools/typed.ts";
import type { Run } from "../run/run.ts";
import { ServerFailed } from "../run/server_failed.ts";
import { columnsOfOutput } from "../screen/width.ts";
import { wrap } from "../screen/wrap.ts";
import { type Entrant, POOL } from "./heat.ts";
import { CELLS, drawRace } from "./race_text.ts";
import { MOST_CLIENTS, MOST_TIMES } from "./most.ts";
import { race, type Racer } from "./racer.ts";
import { linesIn, type Mix } from "./workload.ts";

const PROGRAM = `${TASK} race`;
const FLAGS = {
  "clients": wholeNumber(1, MOST_CLIENTS, "N", "default 8; all ask at the same moment"),
  "times": wholeNumber(1, MOST_TIMES, "N", "default 1; how often each asks"),
  "exercise": wholeNumber(1, NUMBERS.length, "LESSON", "the eighth: your own exercise"),
  "command": {
    placeholder: "'./my_server {port}'",
    about: "the eighth: a server in any language",
    allowed: "a command",
    parse: (typed: string) => typed,
  },
  "help": onOff("show this"),
};
const USAGE = `One workload on all seven models, side by side

usage: ${PROGRAM} [flags] [REQUEST]    default: SLEEP 150
       ${PROGRAM} 'SLEEP 150; PING'    a mix, in turns

${flagHelp(FLAGS)}`;

/** Ctrl-C has ended the race, and no other server starts. */
class Ended extends Error {
  override name = "Ended";
}

/** @returns the exit code. */
async function main(): Promise<number> {
  let underWay: Run | undefined, ending = false;
  const onRun = (run: Run) => {
    if (ending) throw new Ended();
    underWay = run;
  };
  colourFor(Deno.stdout);
  endOnCtrlC(async () => {
    ending = true;
    await underWay?.stop();
  });
  try {
    const { values, words } = parseFlags(FLAGS, Deno.args, PROGRAM, true);
    if (values.help) {
      print(USAGE);
      return 0;
    }
    const mix = mixOf(values, words);
    const [own, models]: [Racer[], Racer[]] = [[], []];
    // One's own first: what does not start is said at once.
    for (const entrant of ownOf(values)) own.push(await race(entrant, mix, onRun));
    for (const lesson of LESSONS) models.push(await race({ lesson }, mix, onRun));
    print(textOf([...models, ...own]));
    return 0;
  } catch (error) {
    if (error instanceof Ended) {
      await underWay?.stop();
      return ENDED_BY_CTRL_C;
    }
    const usage = error instanceof UsageError;
    if (!usage && !(error instanceof ServerFailed)) throw error;
    complain(error.message);
    return usage ? 2 : 1;
  }
}

function mixOf({ clients = 8, times = 1 }: FlagValues<typeof FLAGS>, words: string[]): Mix {
  const typed = words.join(" ");
  if (/[\r\n]/.test(typed)) throw new UsageError("a request is one line");
  const lines = linesIn(typed);
  return { clients, times, lines: lines.length === 0 ? ["SLEEP 150"] : lines };
}

/** What races beside the models. */
function ownOf({ command, exercise }: FlagValues<typeof FLAGS>): Entrant[] {
  if (command !== undefined && Deno.build.os !== "linux") {
    throw new UsageError("--command: it needs Linux's /proc, to see when the server listens");
  }
  return [
    ...exercise === undefined ? [] : [{ lesson: lessonOf(exercise), exercise: true }],
    ...command === undefined ? [] : [{ command }],
  ];
}

function textOf(racers: readonly Racer[]): string {
  const columns = columnsOfOutput();
  const words =
    `${CELLS} Each pool has ${POOL}. The figures are of a second run, without a trace; threads and ` +
    `memory at most, Deno's own threads among them. ${TASK} compare measures more, and longer.`;
  return [...drawRace(racers, columns), "", ...wrap(words, columns).map(dim)]
    .map((one) => `${one}\n`).join("");
}

Deno.exit(await main());
