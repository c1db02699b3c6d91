/** The grader's programs, run as they are typed, and files for them to work on. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ended, Program, ROOT, taskArguments } from "./lesson_process.ts";

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
type Task = "grade" | "grade-all" | "gradescope-bundle" | "compare";

/** Starts `deno task grade`, or another of the grader's tasks. */
export function start(task: Task, args: string[]): Program {
  return Program.start(taskArguments(task, args));
}

/** Runs a task of the grader to its end. */
export async function run(task: Task, args: string[]): Promise<Ended> {
  return await start(task, args).ended;
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

/**
 * Copies of submissions in the project's folder, which are to be gone when a program has ended.
 *
 * @param others those that were there before, of another grading or of one that was killed.
 */
export function copiesInProject(others: readonly string[] = []): string[] {
  const lessons = fileURLToPath(new URL("lessons", ROOT));
  return Array.from(Deno.readDirSync(lessons), ({ name }) => name)
    .filter((name) => name.startsWith(".graded-") && !others.includes(name));
}
