/** The frame of the grader's programs: exit codes, and one line for whatever goes wrong. */
import { UsageError } from "../../../lessons/tools/flags.ts";
import { complain } from "../../../lessons/tools/screen.ts";
import { end, endOnSignal } from "./end_on_signal.ts";
import { kept } from "./kept.ts";
import { plainText } from "../report/plain_text.ts";

const MOST_CHARACTERS = 300;

/**
 * Runs a program to its end, in two processes: see `kept.ts`. A command line that cannot be followed,
 * and an error that nobody foresaw, are said in one line on standard error; then the exit code is 2.
 * Nothing that the program has started or copied is there afterwards.
 *
 * @param meta the program's `import.meta`.
 * @param main does the work, and returns the exit code.
 * @param onSignal sees to it that a signal ends the program.
 */
export async function runMain(
  meta: ImportMeta,
  main: () => Promise<number>,
  onSignal: () => void = endOnSignal,
): Promise<void> {
  const fail = (error: unknown): never => {
    const text = plainText(error instanceof Error ? error.message : `${error}`, MOST_CHARACTERS);
    complain(error instanceof UsageError ? text : `internal error: ${text}`);
    return end(2);
  };
  await kept(meta, async () => {
    onSignal();
    globalThis.addEventListener("unhandledrejection", ({ reason }) => fail(reason));
    globalThis.addEventListener("error", ({ error }) => fail(error));
    end(await main().catch(fail));
  });
}
