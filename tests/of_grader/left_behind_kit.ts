/** What the tests of what is left behind share: processes by their command lines. */
import { assert, assertEquals } from "@std/assert";
import { withFiles } from "./grader_program.ts";

/** So long nothing may be left at the most. */
export const GONE_MS = 5000;
/** Longer than anything takes on a busy machine. */
export const HUNG_MS = 120_000;

/** The command lines of all processes, with blanks between the words. */
export function commandLines(): string[] {
  const pids = Array.from(Deno.readDirSync("/proc"), ({ name }) => name).filter(Number);
  return pids.map((pid) => {
    try {
      return Deno.readTextFileSync(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
    } catch {
      return "";
    }
  });
}

export function countOf(text: string): number {
  return commandLines().filter((line) => line.includes(text)).length;
}

export async function until(holds: () => boolean, mostMs: number): Promise<boolean> {
  // Asked once a time: what held a moment ago need not hold now.
  for (const endMs = Date.now() + mostMs; Date.now() < endMs;) {
    if (holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return holds();
}

/** A number that is in no other command line. */
export function secondsToSleep(): string {
  return `${300 + Math.floor(Math.random() * 600)}.${1e8 + Math.floor(Math.random() * 9e8)}`;
}

/** Starts a grading, waits until its servers have left something, ends it, and looks what is left. */
export async function endsWithNothing(
  start: (folder: string, mark: string) => Deno.ChildProcess,
  end: (grader: Deno.ChildProcess) => void,
  mark = secondsToSleep(),
): Promise<void> {
  await withFiles({ "tmp/.keep": "", "out/.keep": "" }, async (folder) => {
    const grader = start(folder, mark);
    assert(await until(() => countOf(`sleep ${mark}`) >= 4, HUNG_MS), "nothing was started");
    end(grader);
    await grader.status;
    await until(() => countOf(mark) === 0, GONE_MS);
    assertEquals(commandLines().filter((line) => line.includes(mark)), [], "processes are left");
    const left = () => Array.from(Deno.readDirSync(`${folder}/tmp`), ({ name }) => name);
    await until(() => left().length === 1, GONE_MS);
    assertEquals(left(), [".keep"], "temporary files are left");
  });
}
