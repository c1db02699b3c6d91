/** The grader's programs, run as they are typed, and files for them to work on. */
import { dirname, join } from "node:path";
import { type Ended, Program, ROOT } from "../of_lessons/program.ts";
import { taskArguments } from "../of_lessons/lesson_process.ts";

// That this machine can grade is tried once, in `self_check_test.ts`; here it would cost time only.
Deno.env.set("CONNFD_CHECKED_HERE", "1");

const LONG_MS = 300_000;

/** Files to grade that cost no time: none of them is a server. */
export const NO_SERVERS = {
  "unparsable.ts": "export function serve( {\n",
  "no_serve.ts": "export const answer = 42;\n",
  "cheat.ts": 'export { serve } from "../../models/3_io_multiplexing.ts";\n',
  "throws.ts": 'throw new Error("first\\x1b[31m\\nsecond");\n',
};

/** A submission to lesson 3 with full marks, as a student would hand it in. */
export function goodSubmission(): string {
  const model = Deno.readTextFileSync(new URL("models/3_io_multiplexing.ts", ROOT));
  return model.replaceAll('"./parts/', '"../../models/parts/');
}

/** The tasks that measure and grade. */
type Task =
  | "grade"
  | "grade-all"
  | "grade-join"
  | "gradescope-bundle"
  | "try-claims"
  | "compare";

/** Starts `deno task grade`, or another of the grader's tasks. */
export function start(task: Task, args: string[]): Program {
  return Program.start(taskArguments(task, args));
}

/** Runs a task of the grader to its end. */
export async function run(task: Task, args: string[]): Promise<Ended> {
  return await start(task, args).ended;
}

/** Runs one that grades a class, which takes its time where the machine has much else to do. */
export async function runLong(task: Task, args: string[]): Promise<Ended> {
  return await Program.start(taskArguments(task, args), "null", LONG_MS).ended;
}

/**
 * Gives the body a folder with files, and removes it.
 *
 * @param files their texts, by names which may have folders in them.
 */
export async function withFiles(
  files: Readonly<Record<string, string>>,
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(folder, name)), { recursive: true });
      await Deno.writeTextFile(join(folder, name), text);
    }
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Whether a program is installed, for tests that say so in their name when it is not. */
export async function hasProgram(name: string): Promise<boolean> {
  const command = new Deno.Command(name, { args: ["--version"], stdout: "null", stderr: "null" });
  return await command.output().then(() => true, () => false);
}
