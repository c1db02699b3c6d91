/** A terminal of 80 columns and 24 rows, which `script` of util-linux makes, for a program to run in. */
import { ROOT } from "./program.ts";

/** Keys that somebody presses. */
export const CTRL_C = "\x03", CTRL_D = "\x04", ENTER = "\r";
/** The size that the course is written for. */
export const COLUMNS = 80, ROWS = 24;
/** Longer than anything takes on a busy machine. */
const HUNG_MS = 120_000;

/** True where there is a `script` that knows these options. */
function scriptExists(): boolean {
  try {
    const { stdout } = new Deno.Command("script", { args: ["--version"] }).outputSync();
    return new TextDecoder().decode(stdout).includes("util-linux");
  } catch {
    return false;
  }
}

/** Whether there are terminals here. */
export const HAS_SCRIPT = scriptExists();
/** For a test's name. */
export const WHY = HAS_SCRIPT ? "" : " (skipped: needs util-linux's script)";

/** What is pressed, and the text after which it is: each is waited for behind the one before. */
export type Press = readonly [after: string, keys: string];

/**
 * Runs `deno` in a terminal, to its end.
 *
 * @returns its exit code, and all that the terminal was sent.
 */
export async function inTerminal(
  args: readonly string[],
  presses: readonly Press[] = [],
): Promise<{ code: number; text: string }> {
  const words = [Deno.execPath(), ...args].map((word) => `'${word}'`).join(" ");
  const command = `stty cols ${COLUMNS} rows ${ROWS}; exec ${words}`;
  const child = new Deno.Command("script", {
    args: ["--quiet", "--flush", "--return", "--command", command, "/dev/null"],
    cwd: ROOT,
    env: { TERM: "xterm", NO_COLOR: "1", npm_lifecycle_event: "" },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const hung = setTimeout(() => child.kill("SIGKILL"), HUNG_MS);
  const keyboard = child.stdin.getWriter();
  const left = [...presses];
  let text = "", read = 0;
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let at = 0; left.length > 0 && at !== -1;) {
      const [after, keys] = left[0];
      at = text.indexOf(after, read);
      if (at === -1) break;
      read = at + after.length;
      left.shift();
      await keyboard.write(new TextEncoder().encode(keys));
    }
  }
  const { code } = await child.status;
  clearTimeout(hung);
  await keyboard.abort().catch(() => {});
  return { code, text };
}

/** What is to be read in it: without what steers the terminal. */
export function plainOf(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\x1b\[[\d;]*[A-Za-z]/g, "").replace(/\r+\n/g, "\n");
}

/** The rows that it takes in the terminal. */
export function rowsOf(text: string): string[] {
  return plainOf(text).replace(/\n$/, "").split("\n");
}
