/** A submission is refused; the message says why, and may quote it. */
import { plainText } from "../report/plain_text.ts";

const QUOTED_CHARACTERS = 200;

/** Why a submission is refused. */
export class Refused extends Error {
  override name = "Refused";

  /** One line, safe to show. */
  get line(): string {
    return plainText(this.message, 2 * QUOTED_CHARACTERS);
  }
}

/** A name or a path, safe to show. */
export function quoted(text: string): string {
  return plainText(text, QUOTED_CHARACTERS);
}
