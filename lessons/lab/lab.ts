/**
 * `deno task lab`: a page on this machine, on which the lessons' servers are seen at work, driven by
 * hand. `deno task lab run.json` shows a run that was saved.
 *
 * Exit code: 0; 1 when something cannot be done; 2 for a wrong command line.
 */
import { bold, dim } from "@std/fmt/colors";
import {
  flagHelp,
  type FlagValues,
  onOff,
  parseFlags,
  shortened,
  UsageError,
  wholeNumber,
} from "../tools/flags.ts";
import { whyNotListening } from "../tools/network_error.ts";
import { colourFor, complain, endTypedLine, print } from "../tools/screen.ts";
import { readGradeFile } from "./save/grade_file.ts";
import { readRunFile, RunFileError } from "./save/run_file.ts";
import { PageServer } from "./server/page_server.ts";
import { savedGrade, savedRun, type SavedRuns } from "./server/saved_runs.ts";
import { showRun } from "./show_run.ts";
import { TASK } from "../tools/typed.ts";

const PROGRAM = `${TASK} lab`;
const FLAGS = {
  "port": wholeNumber(0, 65535, "PORT", "default 8000; 0: any free port"),
  "command": {
    placeholder: "'./my_server {port}'",
    about: "drive it, and prove claims on it, too",
    allowed: "a command",
    parse: (typed: string) => typed,
  },
  "grade": {
    placeholder: "FILE",
    about: "what happened: from grade --json FILE",
    allowed: "a file's name",
    parse: (typed: string) => typed,
  },
  "present": onOff("a lecture: large, and run by keys alone"),
  "text": onOff("show the run here, as text"),
  "help": onOff("show this"),
};
const USAGE = `See the lessons' servers at work, in a browser

usage: ${PROGRAM} [flags]         a page on this machine
       ${PROGRAM} run.json        a run that was saved

${flagHelp(FLAGS)}`;

const LECTURE_KEYS = "Its keys: → next, ← back, 1 to 7 a lesson, p slow motion, " +
  "n notes, s notes in\na window of their own, Home and End, ↓ and ↑ when not all lanes fit";

/** @returns the exit code. */
async function main(): Promise<number> {
  colourFor(Deno.stdout);
  try {
    const { values, words } = parseFlags(FLAGS, Deno.args, PROGRAM);
    const [file, other] = words;
    if (other !== undefined) throw new UsageError(`one file, not '${shortened(other)}' too`);
    if (values.help) print(USAGE);
    else if (values.text) print(showRun(readRunFile(await textOf(file ?? ""))));
    else return await serve(values, await savedIn(file, values.grade));
    return 0;
  } catch (error) {
    const usage = error instanceof UsageError;
    if (!usage && !(error instanceof RunFileError)) throw error;
    complain(error.message);
    return usage ? 2 : 1;
  }
}

async function savedIn(run?: string, grade?: string): Promise<SavedRuns | undefined> {
  if (grade !== undefined) return savedGrade(readGradeFile(await textOf(grade)));
  return run === undefined ? undefined : savedRun(run, readRunFile(await textOf(run)));
}

async function textOf(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw new RunFileError(
      `cannot read ${path}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

async function serve(
  { port = 8000, command, present }: FlagValues<typeof FLAGS>,
  saved?: SavedRuns,
): Promise<number> {
  let server: PageServer;
  try {
    server = new PageServer(port, command, saved);
  } catch (error) {
    const reason = whyNotListening(error, "127.0.0.1", port);
    if (reason === undefined) throw error;
    complain(reason);
    return 1;
  }
  await server.ready();
  const stopped = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => {
      endTypedLine(signal);
      stopped.resolve();
    });
  }
  const where = present
    ? `The lecture is at  ${bold(server.lectureUrl)}\n${LECTURE_KEYS}`
    : `The lab is at  ${bold(server.url)}`;
  print(`${where}\n${dim("Ctrl-C ends it")}\n`);
  await stopped.promise;
  await server.stop();
  return 0;
}

Deno.exit(await main());
