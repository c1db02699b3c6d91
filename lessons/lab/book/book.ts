/**
 * `deno task book`: plays every scene of every lesson, and writes all of it as pages that need no
 * server: to be opened from a folder, put on any host for static files, or printed.
 *
 * Exit code: 0; 1 when something cannot be done; 2 for a wrong command line.
 */
import { flagHelp, onOff, parseFlags, shortened, UsageError } from "../../tools/flags.ts";
import { complain, endOnCtrlC, print } from "../../tools/screen.ts";
import { TASK } from "../../tools/typed.ts";
import type { Run } from "../run/run.ts";
import { ServerFailed } from "../run/server_failed.ts";
import { NotShown } from "./recorded.ts";
import { writeBook } from "./write_book.ts";

const PROGRAM = `${TASK} book`;
const FLAGS = { "help": onOff("show this") };
const USAGE = `Write the lessons and their recorded scenes as static pages

usage: ${PROGRAM} [FOLDER]    default: book

${flagHelp(FLAGS)}`;
/** What a folder that a book was written into has. */
const MARK = "book.js";

/** @returns the exit code. */
async function main(): Promise<number> {
  let underWay: Run | undefined;
  endOnCtrlC(async () => await underWay?.stop());
  try {
    const { values, words: [folder = "book", other] } = parseFlags(FLAGS, Deno.args, PROGRAM);
    if (other !== undefined) throw new UsageError(`one folder, not '${shortened(other)}' too`);
    if (values.help) {
      print(USAGE);
      return 0;
    }
    await makeFolder(folder);
    await writeBook({
      folder,
      onStep: (what) => print(`${what}\n`),
      onRun: (run) => underWay = run,
    });
    print(`Open ${folder}/index.html\n`);
    return 0;
  } catch (error) {
    const expected = [UsageError, NotShown, ServerFailed];
    if (!(error instanceof Error)) throw error;
    // The operating system's refusals have a code: a folder may not be written, or the disk is full.
    if (!("code" in error) && !expected.some((kind) => error instanceof kind)) throw error;
    complain(error.message);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** Other files are not written over. Throws `UsageError`. */
async function makeFolder(folder: string): Promise<void> {
  const refusal = new UsageError(
    `${shortened(folder)}: a folder is needed that is new, empty, or has a book in it`,
  );
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (error) {
    const isFile = error instanceof Deno.errors.AlreadyExists ||
      error instanceof Deno.errors.NotADirectory;
    throw isFile ? refusal : error;
  }
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
  if (names.length > 0 && !names.includes(MARK)) throw refusal;
}

Deno.exit(await main());
