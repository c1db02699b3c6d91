/** The frame of the grader's programs: exit codes, and one line for whatever goes wrong. */
import { UsageError } from "../../lessons/tools/flags.ts";
import { complain } from "../../lessons/tools/screen.ts";
import { endChildren } from "./end_on_signal.ts";
import { plainText } from "./plain_text.ts";

const MOST_CHARACTERS = 300;

/**
 * Runs a program to its end. A command line that cannot be followed, and an error that nobody
 * foresaw, are said in one line on standard error; then the exit code is 2.
 *
 * @param main does the work, and returns the exit code.
 * @param cleanUp is called when something goes wrong.
 */
export async function runMain(main: () => Promise<number>, cleanUp: () => void): Promise<never> {
  const fail = (error: unknown): never => {
    const text = plainText(error instanceof Error ? error.message : `${error}`, MOST_CHARACTERS);
    complain(error instanceof UsageError ? text : `internal error: ${text}`);
    endChildren();
    cleanUp();
    Deno.exit(2);
  };
  globalThis.addEventListener("unhandledrejection", ({ reason }) => fail(reason));
  globalThis.addEventListener("error", ({ error }) => fail(error));
  Deno.exit(await main().catch(fail));
}
