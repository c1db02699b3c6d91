/**
 * Runs an exercise, and starts it again whenever its file is saved: `deno task watch 3`. It is a
 * program of its own, since it starts processes, which a lesson's server must not.
 *
 * Exit code: 0 after Ctrl-C; 2 for a wrong command line.
 */
import { fileURLToPath } from "node:url";
import { folderOf, type Lesson, lessonOf, NUMBERS } from "../catalogue.ts";
import { shortened, UsageError } from "./flags.ts";
import { complain, endTypedLine, print } from "./screen.ts";
import { taskArguments, type TaskName } from "./task_arguments.ts";
import { TASK } from "./typed.ts";
import { FileWatch } from "./watch_files.ts";

const PROGRAM = `${TASK} watch`;
const HELP = `Runs an exercise, and again whenever its file is saved

usage: ${PROGRAM} LESSON [flags]

The flags are those of the lesson: ${TASK} lesson3 --help
`;
/** A server that is asked to end has ended by then, or never does: its loop does not wait. */
const PATIENCE_MS = 2500;
const ROOT = new URL("../../", import.meta.url);

/** The server under way. */
class RunningExercise {
  readonly #child: Deno.ChildProcess;

  constructor(lesson: Lesson, flags: readonly string[]) {
    const task = `lesson${lesson.number}` as TaskName;
    const args = taskArguments(task, ["--exercise", ...flags]);
    this.#child = new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).spawn();
  }

  /** Its exit code, when it has ended. */
  get ended(): Promise<number> {
    return this.#child.status.then(({ code }) => code);
  }

  /** Asks it to end, and sees to it. */
  async end(): Promise<void> {
    this.#signal("SIGTERM");
    const timer = setTimeout(() => this.#signal("SIGKILL"), PATIENCE_MS);
    await this.ended;
    clearTimeout(timer);
  }

  #signal(signal: Deno.Signal): void {
    try {
      this.#child.kill(signal);
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

/** @throws UsageError for a command line that names no lesson. */
function lessonFrom(text: string | undefined): Lesson {
  if (text === undefined) throw new UsageError(`which lesson? Such as: ${PROGRAM} 3`);
  const number = NUMBERS.find((number) => String(number) === text);
  if (number === undefined) {
    throw new UsageError(`no lesson ${shortened(text)}; there are ${NUMBERS.join(", ")}`);
  }
  return lessonOf(number);
}

/** Runs the lesson's exercise again and again. */
async function runOnSave(lesson: Lesson, flags: readonly string[]): Promise<never> {
  const path = `${folderOf(lesson)}/exercise.ts`;
  const watch = new FileWatch([fileURLToPath(new URL(path, ROOT))]);
  let running = new RunningExercise(lesson, flags);
  // A terminal's Ctrl-C reaches the server as well, which ends by itself.
  let stopping = false, ended = false;
  Deno.addSignalListener("SIGINT", async () => {
    stopping = true;
    if (ended) endTypedLine("SIGINT");
    await running.end();
    Deno.exit(0);
  });
  for (;;) {
    const saved = watch.saved();
    const code = await Promise.race([running.ended, saved]);
    // Of a wrong flag no save makes a right one.
    if (code === 2) Deno.exit(2);
    ended = typeof code === "number";
    if (ended && !stopping) {
      print(`\nended; it starts again when ${path} is saved\n`);
    }
    await saved;
    await running.end();
    print(`\n${path} was saved\n\n`);
    ended = false;
    running = new RunningExercise(lesson, flags);
  }
}

if (import.meta.main) {
  try {
    const [lesson, ...flags] = Deno.args;
    if (lesson === "--help" || lesson === "-h") print(HELP);
    else await runOnSave(lessonFrom(lesson), flags);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(error.message);
    Deno.exit(2);
  }
}
