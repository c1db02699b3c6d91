/** splitLine: a typed line becomes words, as in redis-server 7.0. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { splitLine } from "../../../models/parts/protocol/inline_request.ts";
import { ProtocolError } from "../../../models/parts/protocol/protocol.ts";
import { bytes, randomNumbers, text } from "../helpers.ts";

/** The words of a line, as text. */
function split(line: string): string[] {
  return splitLine(bytes(line)).map(text);
}

Deno.test("splitLine: words are split at blanks, however many", () => {
  assertEquals(split("ECHO hello"), ["ECHO", "hello"]);
  assertEquals(split(" \t ECHO \t  hello  "), ["ECHO", "hello"]);
  assertEquals(split(""), []);
  assertEquals(split("  \t "), []);
});

Deno.test("splitLine: a vertical tab and a form feed are blanks between words only", () => {
  assertEquals(split("\v\fECHO a\vb\f \v'c'\v"), ["ECHO", "a\vb\f", "c"]);
});

Deno.test("splitLine: both kinds of quotes keep blanks in a word", () => {
  assertEquals(split(`ECHO "a b" 'c d'`), ["ECHO", "a b", "c d"]);
  assertEquals(split(`ECHO "" ''`), ["ECHO", "", ""]);
  assertEquals(split(`ECHO a"b c"`), ["ECHO", "ab c"]);
  assertEquals(split(`ECHO "it's" 'say "x"'`), ["ECHO", "it's", `say "x"`]);
});

Deno.test("splitLine: in double quotes a backslash writes bytes", () => {
  assertEquals(splitLine(bytes(String.raw`"\n\r\t\a\b\\\"\q\x00\xFf\xzz"`)), [
    Uint8Array.of(10, 13, 9, 7, 8, 92, 34, 113, 0, 255, 120, 122, 122),
  ]);
  assertEquals(split(String.raw`"\X00"`), ["X00"], "an upper-case X means nothing");
});

Deno.test("splitLine: in single quotes a backslash only keeps a quote", () => {
  assertEquals(split(String.raw`'it\'s'`), ["it's"]);
  assertEquals(split(String.raw`'a\nb\\c\"'`), [String.raw`a\nb\\c\"`]);
  // The second backslash keeps the quote, so nothing closes it.
  assertThrows(() => split(String.raw`'a\\'`), ProtocolError, "unbalanced quotes");
});

Deno.test("splitLine: outside quotes a backslash is a backslash", () => {
  assertEquals(split(String.raw`ECHO a\nb \x41`), ["ECHO", String.raw`a\nb`, String.raw`\x41`]);
});

Deno.test("splitLine: a quote that is not closed, or is closed inside a word, is an error", () => {
  for (const line of [`"a`, `'a`, `"a\\"`, `"a"b`, `'a'"b"`, `ECHO "`, `"\\`]) {
    assertThrows(() => split(line), ProtocolError, "Protocol error: unbalanced quotes in request");
  }
});

Deno.test("splitLine: words that need no change are views of the line, not copies", () => {
  const line = bytes("ECHO hello");
  for (const word of splitLine(line)) assert(word.buffer === line.buffer);
});

Deno.test("splitLine: whatever the line, it gives words or a ProtocolError", () => {
  const firstSeed = Date.now() % 1_000_000;
  const alphabet = bytes(`ab "'\\x4n\t`);
  for (let seed = firstSeed; seed < firstSeed + 3000; seed++) {
    const random = randomNumbers(seed);
    const line = Uint8Array.from({ length: random(12) }, () => alphabet[random(alphabet.length)]);
    try {
      const size = splitLine(line).reduce((sum, word) => sum + word.length, 0);
      assert(size <= line.length, `seed ${seed}: more bytes came out than went in`);
    } catch (error) {
      assert(error instanceof ProtocolError, `seed ${seed}: ${error}`);
    }
  }
});
