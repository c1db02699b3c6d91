/** Asking somebody who types, or a pipe that does. */
import { dim } from "@std/fmt/colors";
import { pipedLines } from "../tools/client_lines.ts";
import { somebodyReads } from "../tools/pages.ts";
import { print } from "../tools/screen.ts";
import { columnsOfOutput } from "../lab/screen/width.ts";
import { wrap } from "../lab/screen/wrap.ts";

/** Asks for a line, without its end; undefined when the input has ended. */
export type Ask = (prompt: string) => Promise<string | undefined>;

/** Asks on standard input. The terminal edits the line, and its Ctrl-C is a signal. */
export function askOnInput(): Ask {
  const lines = pipedLines();
  return async (prompt) => {
    print(prompt);
    const line = await lines.next();
    // Behind the prompt there is no Enter that somebody pressed.
    if (line === undefined || !Deno.stdin.isTerminal()) print("\n");
    return line === undefined ? undefined : new TextDecoder().decode(line).trim();
  };
}

/** Waits for Enter where somebody sits; a pipe's next line is its next answer. */
export async function askForEnter(ask: Ask, forWhat: string): Promise<void> {
  if (somebodyReads()) await ask(dim(`Enter: ${forWhat} `));
}

/** A blank inside a command, while lines are broken. */
const HARD_BLANK = "\u00a0";

/** Prints a paragraph, broken to the screen's width; a command between backticks stays on one line. */
export function say(text: string, indent = ""): void {
  const hard = text.replace(/`[^`]*`/g, (code) => code.replaceAll(" ", HARD_BLANK));
  const lines = wrap(hard, columnsOfOutput(), indent);
  print(`${lines.join("\n").replaceAll(HARD_BLANK, " ")}\n`);
}
