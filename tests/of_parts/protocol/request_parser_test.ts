/** RequestParser: bytes in any pieces become the requests that were sent. */
import { assert, assertEquals, assertThrows, fail } from "@std/assert";
import { MAX_LINE_BYTES, ProtocolError } from "../../../models/parts/protocol/protocol.ts";
import { RequestParser } from "../../../models/parts/protocol/request_parser.ts";
import { bytes, randomNumbers } from "../helpers.ts";
import { asArray, asLine, fromLatin1, latin1, parse, type Words } from "./requests.ts";

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
  parser.buffer.space().set(line);
  parser.buffer.filled(line.length);
  const request = parser.next();
  assertEquals(request?.name, "PING");
  assertEquals(request?.words.map(latin1), ["pInG", "hi"]);
});

Deno.test("RequestParser: an array of less than nothing asks for nothing, down to 64 bits", () => {
  for (const count of ["-1", "-1025", "-9000000000000000000"]) {
    const parser = new RequestParser();
    parser.buffer.put(bytes(`*${count}\r\nPING\r\n`));
    assertEquals(parser.next()?.name, "PING", count);
  }
  const parser = new RequestParser();
  parser.buffer.put(bytes("*-99999999999999999999\r\n"));
  assertThrows(() => parser.next(), ProtocolError, "invalid multibulk length");
});

Deno.test("RequestParser: midRequest tells that the end of a request is missing", () => {
  const parser = new RequestParser();
  parse(parser, bytes("PING\r\n"));
  assert(!parser.midRequest);
  parse(parser, bytes("*1\r\n$4\r\nPI"));
  assert(parser.midRequest);
});

Deno.test("RequestParser: what is left over can be taken out, and put into another", () => {
  const content = bytes(`PING\r\nECHO ${"x".repeat(40_000)}\r\nWHO\r\n`);
  for (const cut of [1, 5, 7, 100, 20_000, 40_012, content.length - 1]) {
    const [first, second] = [new RequestParser(), new RequestParser()];
    first.buffer.put(content.subarray(0, cut));
    const names: string[] = [];
    for (let next = first.next(); next; next = first.next()) names.push(next.name);
    const rest = first.takeRest();
    assertEquals(first.midRequest, false);
    second.buffer.put(rest);
    second.buffer.put(content.subarray(cut));
    for (let next = second.next(); next; next = second.next()) names.push(next.name);
    assertEquals(names, ["PING", "ECHO", "WHO"], `cut at ${cut}`);
    first.buffer.put(bytes("PING\n"));
    assertEquals(first.next()?.name, "PING", "and the first one goes on");
  }
});

Deno.test("RequestParser: there is as much space as is asked for, and nothing is lost for it", () => {
  const parser = new RequestParser();
  parser.buffer.put(bytes("ECHO "));
  for (const least of [1, 20_000, 70_000, 200_000]) {
    const space = parser.buffer.space(least);
    assert(space.length >= least, `${space.length} for ${least}`);
    space[0] = 97;
    parser.buffer.filled(1);
  }
  parser.buffer.put(bytes("\r\n"));
  assertEquals(latin1(parser.next()!.words[1]), "aaaa");
});
