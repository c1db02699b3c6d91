/** RequestParser: bytes in any pieces become the requests that were sent. */
import { assert, assertEquals, assertThrows, fail } from "@std/assert";
import {
  MAX_BULK_BYTES,
  MAX_LINE_BYTES,
  MAX_WORDS,
  ProtocolError,
} from "../../models/parts/protocol.ts";
import { RequestParser } from "../../models/parts/request_parser.ts";
import { bytes, randomNumbers } from "./helpers.ts";

/** Words as Latin-1 text: one character a byte, so that any byte can be compared and shown. */
type Words = string[];

function latin1(content: Uint8Array): string {
  return Array.from(content, (byte) => String.fromCharCode(byte)).join("");
}

function fromLatin1(content: string): Uint8Array {
  return Uint8Array.from(content, (char) => char.charCodeAt(0));
}

/** Puts bytes in, as much at a time as there is space, and takes out what is whole. */
function parse(parser: RequestParser, content: Uint8Array): Words[] {
  const found: Words[] = [];
  for (let at = 0; at < content.length;) {
    const space = parser.space();
    assert(space.length > 0, "there is always space to read into");
    const count = Math.min(space.length, content.length - at);
    space.set(content.subarray(at, at + count));
    parser.filled(count);
    at += count;
    for (let next = parser.next(); next !== undefined; next = parser.next()) {
      found.push(next.words.map(latin1));
    }
  }
  return found;
}

function parseText(content: string): Words[] {
  return parse(new RequestParser(), fromLatin1(content));
}

function asArray(words: Words): string {
  return `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join("")}`;
}

function asLine(words: Words, end: string): string {
  const hex = (byte: string) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`;
  const quoted = (word: string) => `"${word.replace(/[^ -!#-[\]-~]/g, hex)}"`;
  return words.map((word) => /^[0-9A-Za-z]+$/.test(word) ? word : quoted(word)).join(" ") + end;
}

function protocolError(message: string, content: string): void {
  assertThrows(() => parseText(content), ProtocolError, `Protocol error: ${message}`);
}

/** One word of any bytes; now and then longer than the first buffer. */
function randomWord(random: (below: number) => number): string {
  const length = random(40) === 0 ? random(50_000) : random(12);
  const letters = random(2) === 0;
  const code = () => letters ? 97 + random(26) : random(256);
  return Array.from({ length }, () => String.fromCharCode(code())).join("");
}

function randomRequests(random: (below: number) => number): { sent: Words[]; content: string } {
  const sent = Array.from(
    { length: 1 + random(8) },
    () => ["c" + random(99), ...Array.from({ length: random(5) }, () => randomWord(random))],
  );
  const one = (words: Words) => {
    const line = asLine(words, random(2) === 0 ? "\n" : "\r\n");
    // Empty lines and arrays between requests ask for nothing.
    const nothing = ["", "", "\r\n", "*0\r\n", "*-1\r\n"][random(5)];
    return nothing + (line.length > MAX_LINE_BYTES || random(2) === 0 ? asArray(words) : line);
  };
  return { sent, content: sent.map(one).join("") };
}

Deno.test("RequestParser: any requests, as lines or arrays, cut anywhere, come out as sent", () => {
  const firstSeed = Date.now() % 1_000_000;
  for (let seed = firstSeed; seed < firstSeed + 200; seed++) {
    const random = randomNumbers(seed);
    const { sent, content } = randomRequests(random);
    const raw = fromLatin1(content);
    const parser = new RequestParser();
    const found: Words[] = [];
    try {
      for (let at = 0; at < raw.length;) {
        const end = at + 1 + random(random(2) === 0 ? 5 : 30_000);
        found.push(...parse(parser, raw.subarray(at, end)));
        at = end;
      }
    } catch (error) {
      fail(`seed ${seed}: ${error}`);
    }
    assertEquals(found, sent, `seed ${seed}`);
    assert(!parser.midRequest, `seed ${seed}: bytes are left over`);
  }
});

Deno.test("RequestParser: a request byte by byte is the same request", () => {
  const parser = new RequestParser();
  const found: Words[] = [];
  for (const byte of bytes("*2\r\n$4\r\nECHO\r\n$3\r\na\r\n\r\nPING\r\n")) {
    found.push(...parse(parser, Uint8Array.of(byte)));
  }
  assertEquals(found, [["ECHO", "a\r\n"], ["PING"]]);
});

Deno.test("RequestParser: the name is in upper case, the words are as typed", () => {
  const parser = new RequestParser();
  const line = bytes("pInG hi\n");
  parser.space().set(line);
  parser.filled(line.length);
  const request = parser.next();
  assertEquals(request?.name, "PING");
  assertEquals(request?.words.map(latin1), ["pInG", "hi"]);
});

Deno.test("RequestParser: midRequest tells that the end of a request is missing", () => {
  const parser = new RequestParser();
  parse(parser, bytes("PING\r\n"));
  assert(!parser.midRequest);
  parse(parser, bytes("*1\r\n$4\r\nPI"));
  assert(parser.midRequest);
});

Deno.test("RequestParser: a line may be 64 KiB long, and not a byte longer, whatever ends it", () => {
  for (const end of ["\n", "\r\n"]) {
    const longest = "x".repeat(MAX_LINE_BYTES);
    assertEquals(parseText(longest + end), [[longest]]);
    protocolError("too big inline request", "x" + longest + end);
  }
  protocolError("too big inline request", "x".repeat(MAX_LINE_BYTES + 1));
  protocolError("too big mbulk count string", "*" + "1".repeat(MAX_LINE_BYTES + 1));
  protocolError("too big bulk count string", "*1\r\n$" + "1".repeat(MAX_LINE_BYTES + 1));
});

Deno.test("RequestParser: a bulk string may be 512 KiB long, and not a byte longer", () => {
  const longest = "x".repeat(MAX_BULK_BYTES);
  assertEquals(parseText(asArray(["ECHO", longest])), [["ECHO", longest]]);
  protocolError("invalid bulk length", `*2\r\n$4\r\nECHO\r\n$${MAX_BULK_BYTES + 1}\r\n`);
});

Deno.test("RequestParser: a request may have 1024 words, and not one more", () => {
  const most = Array.from({ length: MAX_WORDS }, (_, n) => String(n));
  assertEquals(parseText(asArray(most)), [most]);
  protocolError("invalid multibulk length", `*${MAX_WORDS + 1}\r\n`);
});

Deno.test("RequestParser: all words together are bounded, long before 1024 of the longest", () => {
  const longest = "x".repeat(MAX_BULK_BYTES);
  protocolError("too big request", asArray(["ECHO", longest, longest]));
});

Deno.test("RequestParser: what cannot be a request is refused in Redis's words", () => {
  protocolError("invalid multibulk length", "*x\r\n");
  protocolError("invalid multibulk length", "*\r\n");
  protocolError("invalid multibulk length", "*01\r\n");
  protocolError("invalid multibulk length", "*-0\r\n");
  protocolError("invalid bulk length", "*1\r\n$-1\r\n");
  protocolError("invalid bulk length", "*1\r\n$+4\r\n");
  protocolError("invalid bulk length", "*1\r\n$99999999999999999999\r\n");
  protocolError("expected '$', got 'P'", "*1\r\nPING\r\n");
  protocolError("unbalanced quotes in request", 'ECHO "a\r\n');
  protocolError("bulk string without its line end", "*1\r\n$4\r\nPINGPING");
});

Deno.test("RequestParser: after a large request the memory is given back", () => {
  const parser = new RequestParser();
  const small = parser.space().buffer.byteLength;
  parse(parser, fromLatin1(asArray(["ECHO", "x".repeat(MAX_BULK_BYTES)])));
  assertEquals(parser.space().buffer.byteLength, small);
});
