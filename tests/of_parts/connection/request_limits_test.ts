/** RequestParser: what it refuses, and how large a request may be. */
import { assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  MAX_BULK_BYTES,
  MAX_LINE_BYTES,
  MAX_WORDS,
  ProtocolError,
} from "../../../models/parts/protocol/protocol.ts";
import { RequestParser } from "../../../models/parts/protocol/request_parser.ts";
import { asArray, fromLatin1, parse, parseText } from "../protocol/requests.ts";

function protocolError(message: string, content: string): void {
  assertThrows(() => parseText(content), ProtocolError, `Protocol error: ${message}`);
}

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

Deno.test("RequestParser: after a large request most of the memory is given back, after a small one the rest", () => {
  const parser = new RequestParser();
  const small = parser.buffer.space().buffer.byteLength;
  parse(parser, fromLatin1(asArray(["ECHO", "x".repeat(MAX_BULK_BYTES)])));
  assertLess(parser.buffer.space().buffer.byteLength, MAX_BULK_BYTES / 10);
  parse(parser, fromLatin1("PING\r\n"));
  assertEquals(parser.buffer.space().buffer.byteLength, small);
});
