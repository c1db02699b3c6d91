/** Text in lines that fit, also where a character takes two columns, as Chinese ones do. */
import stringWidth from "string-width";
import { wrap as wrapped } from "../../tools/wrap.ts";

/** How many columns a text takes. */
export function columnsOf(text: string): number {
  return stringWidth(text);
}

/**
 * Breaks a text at its spaces.
 *
 * @param columns how wide a line may be; a longer word is cut.
 * @param indent begins every line.
 */
export function wrap(text: string, columns: number, indent = ""): string[] {
  return wrapped(text, columns, indent, columnsOf);
}
