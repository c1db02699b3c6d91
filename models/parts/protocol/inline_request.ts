/**
 * Splits a typed line into words as Redis does: at blanks, with "double" and 'single' quotes around
 * a word that contains blanks. In double quotes \n \r \t \a \b \xHH stand for bytes, and a backslash
 * keeps any other byte as it is; in single quotes it keeps only the quote.
 *
 * A vertical tab or form feed is a blank between words, and a byte like others inside a word. A NUL is
 * a blank, where Redis would go on waiting for the line's end.
 */
import { ProtocolError } from "./protocol.ts";

const BACKSLASH = 92, DOUBLE = 34, SINGLE = 39;
const VERTICAL_TAB = 11, FORM_FEED = 12;
const ESCAPES = new Map([[110, 10], [114, 13], [116, 9], [97, 7], [98, 8]]); // n r t a b

/**
 * Splits one line into words.
 *
 * @param line the bytes of the line, without its end.
 * @returns its words; views of `line` where nothing had to be replaced.
 * @throws ProtocolError when a quote is not closed, or a closing quote is not followed by a blank.
 */
export function splitLine(line: Uint8Array): Uint8Array[] {
  const words: Uint8Array[] = [];
  let at = 0;
  while (at < line.length) {
    if (isBetweenWords(line[at])) {
      at++;
      continue;
    }
    const from = at;
    let quoted = false;
    while (at < line.length && !endsWord(line[at])) {
      if (line[at] === DOUBLE || line[at] === SINGLE) {
        quoted = true;
        at = closingQuote(line, at) + 1;
        break;
      }
      at++;
    }
    const word = line.subarray(from, at);
    words.push(quoted ? unquote(word) : word);
  }
  return words;
}

function isBetweenWords(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13) || byte === 0;
}

function endsWord(byte: number): boolean {
  return isBetweenWords(byte) && byte !== VERTICAL_TAB && byte !== FORM_FEED;
}

/** The position of the quote that closes the one at `from`. */
function closingQuote(line: Uint8Array, from: number): number {
  const quote = line[from];
  let at = from + 1;
  while (at < line.length && line[at] !== quote) {
    // In double quotes a backslash escapes anything, in single quotes only the quote.
    const escapes = line[at] === BACKSLASH && (quote === DOUBLE || line[at + 1] === SINGLE);
    at += escapes ? 2 : 1;
  }
  if (at >= line.length || (at + 1 < line.length && !isBetweenWords(line[at + 1]))) {
    throw new ProtocolError("Protocol error: unbalanced quotes in request");
  }
  return at;
}

function unquote(word: Uint8Array): Uint8Array {
  const plain: number[] = [];
  let quote = 0;
  for (let at = 0; at < word.length; at++) {
    const byte = word[at];
    if (quote === 0 && (byte === DOUBLE || byte === SINGLE)) quote = byte;
    else if (byte === quote) quote = 0;
    else if (quote !== 0 && byte === BACKSLASH && at + 1 < word.length) {
      const hex = hexByte(word, at);
      if (quote === DOUBLE && hex !== undefined) {
        plain.push(hex);
        at += 3;
      } else if (quote === DOUBLE) {
        plain.push(ESCAPES.get(word[++at]) ?? word[at]);
      } else if (word[at + 1] === SINGLE) plain.push(word[++at]);
      else plain.push(byte);
    } else plain.push(byte);
  }
  return Uint8Array.from(plain);
}

/** The byte that `\xHH` at `at` stands for; undefined when it is something else. */
function hexByte(word: Uint8Array, at: number): number | undefined {
  const text = String.fromCharCode(...word.subarray(at, at + 4));
  return /^\\x[0-9a-fA-F]{2}$/.test(text) ? parseInt(text.slice(2), 16) : undefined;
}
