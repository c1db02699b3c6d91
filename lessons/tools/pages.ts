/** A long answer on a terminal, a screen at a time; in a pipe it comes whole. */
import { dim } from "@std/fmt/colors";
import { print } from "./screen.ts";

/** Lines that are kept free: what was typed, what `deno task` says to it, and what is said below. */
const OTHER_LINES = 5;
/** The cursor is behind what was typed: a line up, and that line cleared. */
const CLEAR_TYPED = "\x1b[1A\x1b[2K\r";

/** True when somebody sits there, who reads and types. */
export function somebodyReads(): boolean {
  return Deno.stdin.isTerminal() && Deno.stdout.isTerminal();
}

/** Waits for Enter, or for the end of what is typed; without somebody who types it returns at once. */
export async function waitForEnter(forWhat: string): Promise<void> {
  if (!somebodyReads()) return;
  print(dim(`Enter: ${forWhat}`));
  const read = await Deno.stdin.read(new Uint8Array(1024));
  print(read === null ? "\n" : CLEAR_TYPED);
}

/** Prints a text. What is longer than the screen comes in parts, cut at an empty line if there is one. */
export async function printPages(text: string): Promise<void> {
  let lines = text.replace(/\n$/, "").split("\n");
  const most = somebodyReads() ? Math.max(Deno.consoleSize().rows - OTHER_LINES, 1) : Infinity;
  while (lines.length > most) {
    const empty = lines.lastIndexOf("", most);
    const end = empty > most / 2 ? empty : most;
    print(`${lines.slice(0, end).join("\n")}\n`);
    lines = lines.slice(end);
    await waitForEnter("the rest");
  }
  print(`${lines.join("\n")}\n`);
}
