/** What has to hold for any bytes, cut anywhere: the parser's part, which needs no server. */
import { assert, fail } from "@std/assert";
import fc from "fast-check";
import { concat } from "../../models/parts/sockets/byte_stream.ts";
import { ProtocolError } from "../../models/parts/protocol/protocol.ts";
import { RequestParser } from "../../models/parts/protocol/request_parser.ts";
import { expectedOf } from "./reference.ts";
import { type Meaning, readBack } from "./replies.ts";
import { type Sent, written } from "./requests.ts";
import { piecesOf, stream } from "./streams.ts";

/** Words of requests, and how it ended, as text that can be compared and shown. */
function parsed(pieces: readonly Uint8Array[]): string[] {
  const parser = new RequestParser();
  const seen: string[] = [];
  for (const piece of pieces) {
    parser.buffer.put(piece);
    try {
      for (let next = parser.next(); next !== undefined; next = parser.next()) {
        seen.push(next.words.map((word) => word.toHex()).join(" "));
      }
    } catch (error) {
      assert(error instanceof ProtocolError, `the parser threw: ${error}`);
      return [...seen, error.message];
    }
  }
  return [...seen, parser.midRequest ? "in the middle of a request" : "at the end of a request"];
}

/** Properties of the parser, by their titles. Each takes some tens of microseconds a case. */
export const parserProperties = {
  "any bytes: the parser throws nothing but ProtocolError, and cuts change nothing": fc.property(
    stream(),
    (sent: Sent) => assertSame(parsed(piecesOf(sent)), parsed([sent.bytes])),
  ),
  "any bytes, one by one, are the same requests as in one piece": fc.property(
    stream(),
    ({ bytes }: Sent) => {
      const short = bytes.subarray(0, 400);
      assertSame(parsed(Array.from(short, (byte) => Uint8Array.of(byte))), parsed([short]));
    },
  ),
  "a request, in whatever way it is written, is read as the words that it was made of": fc.property(
    fc.array(written(), { minLength: 1, maxLength: 4 }).map((requests) => ({
      bytes: concat(requests.map((one) => one.bytes)),
      cuts: [],
      words: requests.map((one) => one.words.map((word) => word.toHex()).join(" ")),
    })),
    ({ bytes, words }) => assertSame(parsed([bytes]), [...words, "at the end of a request"]),
  ),
  "the replies to any bytes are read back by another author's client as what was asked for": fc
    .property(stream(), ({ bytes }: Sent) => {
      const expected = expectedOf(bytes);
      fc.pre(expected !== undefined);
      const back = readBack([expected!.replies]);
      assertSame(back.map(withoutText).map(shown), expected!.meanings.map(shown));
    }),
};

const MOST_SHOWN = 100;

/** Fails at the first that differs, and shows no more than that: some are long. */
export function assertSame(got: readonly string[], wanted: readonly string[]): void {
  for (let i = 0; i < Math.max(got.length, wanted.length); i++) {
    if (got[i] === wanted[i]) continue;
    const [is, due] = [got[i], wanted[i]].map((text) => text?.slice(0, MOST_SHOWN) ?? "nothing");
    fail(`number ${i + 1} is ${is}, and should be ${due}`);
  }
}

/** A meaning as text. */
export function shown(meaning: Meaning | "error"): string {
  return JSON.stringify(meaning);
}

/** Any error is an error: what it says is tested elsewhere. */
export function withoutText(meaning: Meaning): Meaning | "error" {
  return meaning.kind === "error" ? "error" : meaning;
}
