/**
 * Text that a server under test, its error output or a file's name had a say in, made safe to show:
 * it can neither steer a terminal nor break a line or an XML file, and it is not without end.
 */

import { safeText } from "../../../models/parts/protocol/safe_text.ts";

/** Stands for each character that is not shown. */
const INSTEAD = "\ufffd";

/**
 * Puts a text on one line, without control characters.
 *
 * @param most characters that are kept; what is left out is said.
 */
export function plainText(text: string, most: number): string {
  const line = text.toWellFormed().trim().replace(/\s*[\r\n]+\s*/g, " / ").replaceAll("\t", " ");
  const plain = safeText(line, () => INSTEAD);
  if (plain.length <= most) return plain;
  const characters = Array.from(plain);
  return characters.length <= most
    ? plain
    : `${characters.slice(0, most).join("")}… (${characters.length - most} characters more)`;
}
