/** Writing for a person to read: whole lines, colours on a terminal only, a lost reader survived. */
import { setColorEnabled } from "@std/fmt/colors";

/** Where to write: `Deno.stdout` or `Deno.stderr`. */
export type Output = typeof Deno.stdout | typeof Deno.stderr;

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

/** Writes one line about something that went wrong to standard error. */
export function complain(line: string): void {
  print(line + "\n", Deno.stderr);
}

/** Turns colours on or off for what is written to `to`: only a terminal without NO_COLOR has any. */
export function colourFor(to: Output): void {
  setColorEnabled(!Deno.noColor && to.isTerminal());
}
