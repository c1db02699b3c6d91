/**
 * Where a command was typed: `deno task` changes to the project's folder before it runs, and tells in
 * INIT_CWD where it was; but one that was set before, by an outer `npm run`, it leaves as it is. So the
 * folder of `deno task` itself is asked first.
 */

/** The variable that says it to programs of the grader that are started by others. */
export const TYPED_IN = "INIT_CWD";

/** @returns the folder that relative paths start from. */
export function typedIn(): string {
  return Deno.env.get(TYPED_IN) ?? Deno.cwd();
}

/** A `deno task` that has started this process; undefined when something else has. */
export function startedByTask(): { pid: number; folder: string } | undefined {
  const pid = Deno.ppid;
  try {
    const [, ...words] = Deno.readTextFileSync(`/proc/${pid}/cmdline`).split("\0");
    if (words.find((word) => !word.startsWith("-")) !== "task") return undefined;
    return { pid, folder: Deno.readLinkSync(`/proc/${pid}/cwd`) };
  } catch {
    // No /proc: then there is no grading either.
    return undefined;
  }
}
