/** The replies of the protocol, byte by byte. */
import { assertEquals, assertInstanceOf } from "@std/assert";
import {
  bulkReply,
  bulkText,
  errorReply,
  integerReply,
  ProtocolError,
  simpleString,
} from "../../../models/parts/protocol/protocol.ts";
import { bytes, text } from "../helpers.ts";

Deno.test("replies: a status, an integer and an error are one line each", () => {
  assertEquals(text(simpleString("OK").bytes), "+OK\r\n");
  assertEquals(text(integerReply(-42).bytes), ":-42\r\n");
  assertEquals(text(errorReply("ERR no").bytes), "-ERR no\r\n");
});

Deno.test("replies: an error stays one line, whatever the client put into it", () => {
  assertEquals(text(errorReply("ERR a\r\n+OK\x00\x1b[2J\x7f").bytes), "-ERR a  +OK  [2J \r\n");
});

Deno.test("replies: a bulk string carries any bytes, and says how many", () => {
  const content = Uint8Array.of(0, 13, 10, 255, 36);
  assertEquals(bulkReply(content).bytes, Uint8Array.of(...bytes("$5\r\n"), ...content, 13, 10));
  assertEquals(text(bulkReply(new Uint8Array()).bytes), "$0\r\n\r\n");
});

Deno.test("replies: the length of a bulk string counts bytes, not characters", () => {
  assertEquals(text(bulkText("线程").bytes), "$6\r\n线程\r\n");
});

Deno.test("replies: a bulk string is a copy, because a request's bytes don't last", () => {
  const content = bytes("abc");
  const reply = bulkReply(content);
  content.fill(0);
  assertEquals(text(reply.bytes), "$3\r\nabc\r\n");
});

Deno.test("replies: only one that says so is the last", () => {
  assertEquals(simpleString("OK").last ?? false, false);
});

Deno.test("ProtocolError: is an Error with its own name", () => {
  assertInstanceOf(new ProtocolError("x"), Error);
  assertEquals(String(new ProtocolError("x")), "ProtocolError: x");
});
