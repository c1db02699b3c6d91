/**
 * Text that somebody else had a say in, on its way to a terminal, a file or a page: one rule for all
 * of them. What is no printable character is shown as something that is. It could move the cursor,
 * begin a line that looks like ours, or turn the direction of writing.
 */

/**
 * Control characters, marks for direction and the like, what Unicode has not assigned, halves of
 * characters, and the separators of lines and paragraphs. Blanks and all letters are left.
 */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;
/** A text that JSON has nothing to mark in, and nothing is unsafe in: nearly every one that is. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * Makes a text safe to show.
 *
 * @param instead what stands for a character. Default: its number, as `\x1b` or `\u{202e}`.
 */
export function safeText(text: string, instead: (character: string) => string = escaped): string {
  return text.replace(UNSAFE, instead);
}

/** The same of several lines; what divides them is left: line feeds, and tabs. */
export function safeLines(text: string): string {
  return safeText(text, (character) => "\n\t".includes(character) ? character : escaped(character));
}

/** JSON with the same characters as `\u202e`: it says the same, and is safe to print. */
export function safeJson(value: unknown): string {
  if (typeof value === "string" && PLAIN.test(value)) return `"${value}"`;
  return safeText(
    JSON.stringify(value),
    (character) =>
      Array.from({ length: character.length }, (_, at) => {
        return "\\u" + character.charCodeAt(at).toString(16).padStart(4, "0");
      }).join(""),
  );
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  return code < 0x100 ? `\\x${digits.padStart(2, "0")}` : `\\u{${digits}}`;
}
