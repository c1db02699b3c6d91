/** Words of requests as text, for errors and the trace; and as numbers. */
import type { Request } from "./protocol.ts";

/** So much of a word the trace shows, in bytes. */
const MOST_BYTES = 32;

/** A word's first bytes as text; what is no UTF-8 becomes U+FFFD. */
export function wordText(word: Uint8Array, mostBytes: number = MOST_BYTES): string {
  const end = Math.min(word.length, mostBytes);
  let text = "";
  for (let at = 0; at < end; at++) {
    // Only then, since a decoder's fixed cost is more than that of a whole PING's words.
    if (word[at] > 0x7f) return new TextDecoder().decode(word.subarray(0, end));
    text += String.fromCharCode(word[at]);
  }
  return text;
}

/** The command's name as the trace shows it: in upper case. */
export function nameText({ words }: Request): string {
  return wordText(words[0]).toUpperCase();
}

/** The first words of a request, as typed. */
export function requestText({ words }: Request): string {
  return words.slice(0, 3).map((word) => wordText(word)).join(" ");
}

/** A whole number from 0 to `most`, written as Redis writes it; undefined for anything else. */
export function wholeNumber(word: Uint8Array, most: number): number | undefined {
  const text = word.length <= 10 ? wordText(word) : "";
  const value = /^(0|[1-9]\d*)$/.test(text) ? Number(text) : NaN;
  return value <= most ? value : undefined;
}
