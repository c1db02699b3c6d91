/**
 * `--exercise --watch` of a lesson: the task `watch`, which has the permissions that watching needs and
 * a lesson's server does not.
 */
import type { Lesson } from "../catalogue.ts";
import { PROJECT, taskArguments } from "./task_arguments.ts";

/**
 * Watches the lesson's exercise until a signal ends it.
 *
 * @param flags the server's.
 * @returns the exit code.
 */
export async function watchTask(lesson: Lesson, flags: readonly string[]): Promise<number> {
  const args = taskArguments("watch", [`${lesson.number}`, ...flags]);
  const child = new Deno.Command(Deno.execPath(), { args, cwd: PROJECT }).spawn();
  // A terminal's Ctrl-C reaches both, and who watches ends the server first: it is waited for.
  Deno.addSignalListener("SIGINT", () => {});
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", () => child.kill("SIGINT"));
  }
  return (await child.status).code;
}
