/**
 * Text that a server under test, its error output or a file's name had a say in, made safe to show:
 * it can neither steer a terminal nor break a line or an XML file, and it is not without end.
 */

/**
 * The control characters of ASCII and Latin-1, the marks that turn the direction of writing, and what
 * XML forbids.
 */
const UNSAFE =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

/** Stands for each character that is not shown. */
const INSTEAD = "\ufffd";

/**
 * Puts a text on one line, without control characters.
 *
 * @param most characters that are kept; what is left out is said.
 */
export function plainText(text: string, most: number): string {
  const line = text.toWellFormed().trim().replace(/\s*[\r\n]+\s*/g, " / ").replaceAll("\t", " ");
  const plain = line.replace(UNSAFE, INSTEAD);
  if (plain.length <= most) return plain;
  const characters = Array.from(plain);
  return characters.length <= most
    ? plain
    : `${characters.slice(0, most).join("")}… (${characters.length - most} characters more)`;
}
