/** Writing for a person to read: whole lines, colours on a terminal only, a lost reader survived. */
import { setColorEnabled } from "@std/fmt/colors";
import { safeLines } from "../../models/parts/protocol/safe_text.ts";
import { wrap } from "./wrap.ts";

/** Where to write: `Deno.stdout` or `Deno.stderr`. */
export type Output = typeof Deno.stdout | typeof Deno.stderr;

/** Of a terminal that does not tell. */
const USUAL_COLUMNS = 80;
/** 128 and the signal's number, as a shell has it. */
export const ENDED_BY_CTRL_C = 130;
const encoder = new TextEncoder();

/** Writes a text at once, in one piece, so that the lines of other threads don't get into it. */
export function print(text: string, to: Output = Deno.stdout): void {
  try {
    const bytes = encoder.encode(text);
    for (let sent = 0; sent < bytes.length;) sent += to.writeSync(bytes.subarray(sent));
  } catch {
    // Whoever read it is gone (`| head`); the program goes on without a reader.
  }
}

/**
 * The same, for who must not be held up by a terminal that does not read (Ctrl-S, `| less`).
 *
 * @returns when it is written, or that takes longer than `mostMs`.
 */
export async function printWithin(mostMs: number, text: string, to: Output): Promise<void> {
  const bytes = encoder.encode(text);
  const write = async () => {
    for (let sent = 0; sent < bytes.length;) sent += await to.write(bytes.subarray(sent));
  };
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, mostMs);
  await Promise.race([write().catch(() => {}), late]);
  clearTimeout(timer);
}

/**
 * Writes a line about something that went wrong to standard error; others may have a say in it. A
 * terminal would break it anywhere: there it is broken between words.
 */
export function complain(line: string): void {
  const lines = safeLines(line).split("\n");
  const broken = Deno.stderr.isTerminal()
    ? lines.flatMap((one) => wrap(one, columnsOfTerminal()))
    : lines;
  print(broken.map((one) => `${one}\n`).join(""), Deno.stderr);
}

/** The width of the terminal that this program has. */
function columnsOfTerminal(): number {
  try {
    return Deno.consoleSize().columns || USUAL_COLUMNS;
  } catch {
    return USUAL_COLUMNS;
  }
}

/** Turns colours on or off for what is written to `to`: only a terminal without NO_COLOR has any. */
export function colourFor(to: Output): void {
  setColorEnabled(!Deno.noColor && to.isTerminal());
}

/** From now on Ctrl-C ends the program, after `before`. To be called before anything is shown. */
export function endOnCtrlC(before: () => Promise<unknown> = () => Promise.resolve()): void {
  Deno.addSignalListener("SIGINT", async () => {
    endTypedLine("SIGINT");
    await before();
    Deno.exit(ENDED_BY_CTRL_C);
  });
}

/** The terminal has written ^C, and the shell's prompt is to stand on a line of its own. */
export function endTypedLine(signal: Deno.Signal): void {
  if (signal === "SIGINT" && Deno.stderr.isTerminal()) print("\n", Deno.stderr);
}
