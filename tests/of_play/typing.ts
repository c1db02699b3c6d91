/** Somebody who plays: what is typed, and what the screen gets. */
import { stripAnsiCode } from "@std/fmt/colors";

/** What standard output gets while something runs, without colours. */
export async function printed(run: () => Promise<void>): Promise<string> {
  const writeSync = Deno.stdout.writeSync;
  let text = "";
  Deno.stdout.writeSync = (bytes) => {
    text += new TextDecoder().decode(bytes);
    return bytes.length;
  };
  try {
    await run();
  } finally {
    Deno.stdout.writeSync = writeSync;
  }
  return stripAnsiCode(text);
}

/** Somebody who types these lines, and then ends the input. */
export function typing(...lines: string[]): (prompt: string) => Promise<string | undefined> {
  return () => Promise.resolve(lines.shift());
}
