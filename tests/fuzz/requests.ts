/**
 * What a client may send, drawn by fast-check: right requests in every way of writing them, requests
 * with a byte changed, bytes that are none; and the places where the network cuts them.
 */
import fc from "fast-check";
import { concat } from "../../models/parts/sockets/byte_stream.ts";
import { bytes } from "../of_parts/helpers.ts";

/** Bytes, and where they are cut: each piece goes out in a write of its own. */
export interface Sent {
  readonly bytes: Uint8Array;
  readonly cuts: readonly number[];
}

/** A request, and one way of writing it. */
export interface Written {
  readonly words: readonly Uint8Array[];
  readonly bytes: Uint8Array;
}

const CR = 13, LF = 10;

/** Bytes that mean something to some parser, more often than chance would bring them. */
const tellingByte = fc.constantFrom(
  ...bytes("\0\t\n\v\f\r \"'\\$*+-:0123456789xPI\x7f"),
  0x80,
  0xff,
);
const anyByte = fc.oneof(fc.nat(255), tellingByte);
const content = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(anyByte, { maxLength: 12 }).map((list) => Uint8Array.from(list)),
  },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  // Up to longer than what is read at once, 16 KiB; two of them still fit on a line.
  { weight: 1, arbitrary: fc.integer({ min: 8000, max: 30_000 }).map((n) => bytes("x".repeat(n))) },
);
const smallNumber = fc.integer({ min: 0, max: 12 }).map(String).map(bytes);
const anyNumber = fc.oneof(
  smallNumber,
  fc.constantFrom("-1", "46", "01", "+1", "1.5", "", " 1", "99999999999999999999").map(bytes),
);

function named(name: string, ...words: fc.Arbitrary<Uint8Array>[]): fc.Arbitrary<Uint8Array[]> {
  const written = fc.constantFrom(name, name.toLowerCase(), name[0] + name.slice(1).toLowerCase());
  return fc.tuple(written.map(bytes), ...words);
}

/** Requests that every server of Redis's protocol knows, QUIT not counted, and wrong ones of them. */
export const commonRequest: fc.Arbitrary<Uint8Array[]> = fc.oneof(
  named("PING"),
  named("PING", content),
  { weight: 4, arbitrary: named("ECHO", content) },
  named("ECHO"),
  named("PING", content, content),
  named("ECHO", content, content),
  // No name of Redis's begins so.
  fc.tuple(content.map((rest) => concat([bytes("zz"), rest]))),
  fc.tuple(fc.constant(bytes("zzz")), content, content),
);

/** Requests of every command whose reply is known beforehand: not WHO and INFO. */
export const request: fc.Arbitrary<Uint8Array[]> = fc.oneof(
  { weight: 8, arbitrary: commonRequest },
  named("FIB", anyNumber),
  named("SLEEP", fc.constant(bytes("0"))),
  named("SLEEP", fc.constantFrom("-1", "x", "60001").map(bytes)),
  named("WHO", content),
  named("INFO", content, content),
);

/** A request as an array of bulk strings, or as a line with quotes where they are needed or not. */
export function written(requests = request): fc.Arbitrary<Written> {
  return fc.record({
    words: requests,
    way: fc.constantFrom("array", "array", "line", "quoted"),
    end: fc.constantFrom("\r\n", "\n"),
  }).map(({ words, way, end }) => ({
    words,
    bytes: way === "array" ? asArray(words) : asLine(words, end, way === "quoted"),
  }));
}

/** As an array of bulk strings. */
export function asArray(words: readonly Uint8Array[]): Uint8Array {
  const bulks = words.flatMap((word) => [bytes(`$${word.length}\r\n`), word, bytes("\r\n")]);
  return concat([bytes(`*${words.length}\r\n`), ...bulks]);
}

/** As a line that is typed. What needs quotes gets them, or every word does. */
export function asLine(words: readonly Uint8Array[], end: string, quoteAll: boolean): Uint8Array {
  const line = words.map((word) => {
    const plain = word.length > 0 &&
      word.every((byte) => byte > 32 && byte < 127 && byte !== 34 && byte !== 39);
    // A `*` in front of a line makes an array of it.
    return plain && !quoteAll && word[0] !== 42
      ? word
      : bytes(`"${Array.from(word, escaped).join("")}"`);
  });
  const blank = bytes(" ");
  return concat([...line.flatMap((word, at) => at === 0 ? [word] : [blank, word]), bytes(end)]);
}

function escaped(byte: number): string {
  if (byte === 34 || byte === 92) return `\\${String.fromCharCode(byte)}`;
  if (byte === LF) return "\\n";
  if (byte === CR) return "\\r";
  return byte >= 32 && byte < 127
    ? String.fromCharCode(byte)
    : `\\x${byte.toString(16).padStart(2, "0")}`;
}
