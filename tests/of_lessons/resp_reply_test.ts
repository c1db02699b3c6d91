/** The client's reply parser, and how replies look on the screen. */
import { assertEquals, assertThrows } from "@std/assert";
import { replyText } from "../../lessons/tools/reply_text.ts";
import { ReplyError, ReplyParser, type RespReply } from "../../lessons/tools/resp_reply.ts";
import { encodeRequest } from "../../lessons/tools/resp_request.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** All replies in `bytes`, which come in pieces of `pieceBytes`. */
function parse(bytes: Uint8Array, pieceBytes: number): RespReply[] {
  const parser = new ReplyParser();
  const replies: RespReply[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    parser.push(bytes.subarray(at, at + pieceBytes));
    for (let next = parser.next(); next !== undefined; next = parser.next()) replies.push(next);
  }
  assertEquals(parser.midReply, false);
  return replies;
}

Deno.test("replies are the same however they are cut into pieces", () => {
  const bytes = encode("+OK\r\n:-42\r\n-ERR no\r\n$6\r\na\r\n+b\n\r\n$-1\r\n$0\r\n\r\n+PONG\r\n");
  for (const pieceBytes of [1, 2, 3, 7, bytes.length]) {
    assertEquals(parse(bytes, pieceBytes), [
      { kind: "status", text: "OK" },
      { kind: "integer", value: -42 },
      { kind: "error", text: "ERR no" },
      { kind: "bulk", bytes: encode("a\r\n+b\n") },
      { kind: "nil" },
      { kind: "bulk", bytes: new Uint8Array(0) },
      { kind: "status", text: "PONG" },
    ]);
  }
});

Deno.test("a bulk string may be large and may hold any byte", () => {
  const content = Uint8Array.from({ length: 300_000 }, (_, at) => at % 256);
  const bytes = new Uint8Array([...encode(`$${content.length}\r\n`), ...content, 13, 10]);
  for (const pieceBytes of [1000, 16_384, bytes.length]) {
    assertEquals(parse(bytes, pieceBytes), [{ kind: "bulk", bytes: content }]);
  }
});

Deno.test("an array may hold anything, arrays too, however it is cut into pieces", () => {
  const nested = "*3\r\n:1\r\n*2\r\n$1\r\na\r\n*0\r\n*-1\r\n";
  const bytes = encode(`${nested}+OK\r\n*0\r\n*2\r\n-ERR no\r\n$-1\r\n`);
  const inner: RespReply = {
    kind: "array",
    items: [{ kind: "bulk", bytes: encode("a") }, { kind: "array", items: [] }],
  };
  for (const pieceBytes of [1, 2, 3, 7, bytes.length]) {
    assertEquals(parse(bytes, pieceBytes), [
      { kind: "array", items: [{ kind: "integer", value: 1 }, inner, { kind: "nil" }] },
      { kind: "status", text: "OK" },
      { kind: "array", items: [] },
      { kind: "array", items: [{ kind: "error", text: "ERR no" }, { kind: "nil" }] },
    ]);
  }
});

Deno.test("an array is under way until its last item has come, and no longer than was said", () => {
  const parser = new ReplyParser(100);
  parser.push(encode("*2\r\n:1\r\n"));
  assertEquals(parser.next(), undefined);
  assertEquals(parser.midReply, true);
  parser.push(encode(":2\r\n*9\r\n"));
  assertEquals(parser.next()?.kind, "array");
  parser.push(encode(`$80\r\n${"x".repeat(80)}\r\n`));
  assertEquals(parser.next(), undefined);
  parser.push(encode(`$80\r\n${"x".repeat(80)}\r\n`));
  assertThrows(() => parser.next(), ReplyError, "more than 100 bytes");
});

Deno.test("a reply is kept when more bytes come", () => {
  const parser = new ReplyParser();
  parser.push(encode("$2\r\nab\r\n"));
  const first = parser.next();
  parser.push(encode("$2\r\ncd\r\n"));
  parser.next();
  assertEquals(first, { kind: "bulk", bytes: encode("ab") });
});

Deno.test("what cannot be a reply is refused", () => {
  const wrong = [
    "HTTP/1.1 200 OK\r\n",
    "*x\r\n",
    "*-2\r\n",
    "*1048577\r\n",
    "*1\r\n".repeat(33),
    "*1\r\nOK\r\n",
    "+OK\n",
    ":x\r\n",
    "$x\r\n",
    "$-2\r\n",
    "$1\r\nabc",
    "+".repeat(70_000),
  ];
  for (const text of wrong) {
    const parser = new ReplyParser();
    parser.push(encode(text));
    assertThrows(() => parser.next(), ReplyError);
  }
});

Deno.test("replies look the same on every screen", () => {
  const bulk = (bytes: Uint8Array) => replyText({ kind: "bulk", bytes });
  assertEquals(replyText({ kind: "status", text: "OK" }), "OK");
  assertEquals(replyText({ kind: "error", text: "ERR no" }), "(error) ERR no");
  assertEquals(replyText({ kind: "integer", value: 42 }), "(integer) 42");
  assertEquals(replyText({ kind: "nil" }), "(nil)");
  const items = [{ kind: "integer", value: 1 }, { kind: "array", items: [] }] as const;
  const array = {
    kind: "array",
    items: [{ kind: "status", text: "OK" }, { kind: "array", items }],
  };
  assertEquals(replyText(array as RespReply), "1) OK\n2) 1) (integer) 1\n   2) (empty array)");
  assertEquals(bulk(encode("a:1\r\nb:2\r\n")), "a:1\nb:2");
  assertEquals(bulk(encode("工作\x1b[31m\x07")), "工作\\x1b[31m\\x07");
  assertEquals(bulk(Uint8Array.of(65, 255, 10, 66)), "A\\xff\nB");
});

Deno.test("a request is an array of bulk strings, with lengths in bytes", () => {
  const bytes = encodeRequest("ECHO", "多", new Uint8Array([0, 13, 10]), "");
  assertEquals(bytes, encode("*4\r\n$4\r\nECHO\r\n$3\r\n多\r\n$3\r\n\0\r\n\r\n$0\r\n\r\n"));
});
