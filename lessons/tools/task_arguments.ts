/** A task of `deno.json` without `deno task`: the same program, with the same permissions. */
import config from "../../deno.json" with { type: "json" };

/** The project's folder. */
export const PROJECT = new URL("../../", import.meta.url);

/** What a task's command has the shell put in. */
const EXEC_PATH = `"$(deno eval -p 'Deno.execPath()')"`;

/** The name of a task. */
export type TaskName = keyof typeof config.tasks;

/** What Deno's program is to be called with to do the task with these arguments. */
export function taskArguments(task: TaskName, args: readonly string[]): string[] {
  const words = config.tasks[task].command.replace(EXEC_PATH, Deno.execPath()).split(" ");
  return [...words.slice(1), ...args];
}
