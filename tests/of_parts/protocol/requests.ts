/** Requests as texts and as words, for the tests of the parser. */
import { assert } from "@std/assert";
import { encodeRequest } from "../../../lessons/tools/resp_request.ts";
import { RequestParser } from "../../../models/parts/protocol/request_parser.ts";

/** Words as Latin-1 text: one character a byte, so that any byte can be compared and shown. */
export type Words = string[];

/** One character a byte. */
export function latin1(content: Uint8Array): string {
  return Array.from(content, (byte) => String.fromCharCode(byte)).join("");
}

/** One byte a character. */
export function fromLatin1(content: string): Uint8Array {
  return Uint8Array.from(content, (char) => char.charCodeAt(0));
}

/** Puts bytes in, as much at a time as there is space, and takes out what is whole. */
export function parse(parser: RequestParser, content: Uint8Array): Words[] {
  const found: Words[] = [];
  for (let at = 0; at < content.length;) {
    const space = parser.buffer.space();
    assert(space.length > 0, "there is always space to read into");
    const count = Math.min(space.length, content.length - at);
    space.set(content.subarray(at, at + count));
    parser.buffer.filled(count);
    at += count;
    for (let next = parser.next(); next !== undefined; next = parser.next()) {
      found.push(next.words.map(latin1));
    }
  }
  return found;
}

/** What a new parser makes of a text. */
export function parseText(content: string): Words[] {
  return parse(new RequestParser(), fromLatin1(content));
}

/** The words as an array of bulk strings. */
export function asArray(words: Words): string {
  return latin1(encodeRequest(...words.map(fromLatin1)));
}

/** The words as a line; quoted where they must be. */
export function asLine(words: Words, end: string): string {
  const hex = (byte: string) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`;
  const quoted = (word: string) => `"${word.replace(/[^ -!#-[\]-~]/g, hex)}"`;
  return words.map((word) => /^[0-9A-Za-z]+$/.test(word) ? word : quoted(word)).join(" ") + end;
}
