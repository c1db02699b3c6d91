/**
 * What a stream of bytes has to be answered with. The bytes come from the project's own parser and
 * business, run in this process without a socket, a thread or a cut: so a server is right when it
 * gives the same, whatever its model and however the bytes were cut. The meaning of each reply is
 * told a second time, from the words of the request alone, for a reader that is not ours.
 */
import { Business } from "../../models/parts/protocol/business.ts";
import { concat } from "../../models/parts/sockets/byte_stream.ts";
import { errorReply, ProtocolError, type Request } from "../../models/parts/protocol/protocol.ts";
import { RequestParser } from "../../models/parts/protocol/request_parser.ts";
import { SharedState } from "../../models/parts/server/shared_state.ts";
import type { Meaning } from "./replies.ts";

/** The answer to all that a client sends. */
export interface Expected {
  readonly replies: Uint8Array;
  /** One for each reply; `error` stands for any. */
  readonly meanings: readonly (Meaning | "error")[];
  /** Whether the connection lives on, is closed, or is in the middle of a request. */
  readonly end: "open" | "closed" | "half";
}

/** Longer business would be waited for, and is not what is tested. */
const MOST_SLEEP_MS = 5, MOST_FIB = 20;
const FIBONACCI = [
  0,
  1,
  1,
  2,
  3,
  5,
  8,
  13,
  21,
  34,
  55,
  89,
  144,
  233,
  377,
  610,
  987,
  1597,
  2584,
  4181,
  6765,
];
/** What a client is told that half-closes in the middle of a request. */
const CUT_SHORT = errorReply("ERR Protocol error: unexpected end of request").bytes;
const business = new Business({ thread: "", model: "", sizes: {} }, new SharedState());
const decoder = new TextDecoder();

/** @returns undefined when a reply could not be known beforehand, or would take long. */
export function expectedOf(sent: Uint8Array): Expected | undefined {
  const parser = new RequestParser();
  parser.buffer.put(sent);
  const replies: Uint8Array[] = [], meanings: (Meaning | "error")[] = [];
  try {
    for (let request = parser.next(); request !== undefined; request = parser.next()) {
      if (isUnforeseeable(request)) return undefined;
      const { bytes, last } = business.run(request, 0);
      replies.push(bytes);
      // A browser's POST is closed without a reply.
      if (bytes.length > 0) meanings.push(meaningOf(request));
      if (last) return { replies: concat(replies), meanings, end: "closed" };
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    replies.push(errorReply(`ERR ${error.message}`).bytes);
    return { replies: concat(replies), meanings: [...meanings, "error"], end: "closed" };
  }
  if (!parser.midRequest) return { replies: concat(replies), meanings, end: "open" };
  replies.push(CUT_SHORT);
  return { replies: concat(replies), meanings: [...meanings, "error"], end: "half" };
}

function isUnforeseeable({ name, words }: Request): boolean {
  const number = words.length === 2 ? Number(decoder.decode(words[1])) : NaN;
  return (name === "WHO" && words.length === 1) || (name === "INFO" && words.length <= 2) ||
    (name === "SLEEP" && number > MOST_SLEEP_MS && number <= 60_000) ||
    (name === "FIB" && number > MOST_FIB && number <= 45);
}

function meaningOf({ name, words }: Request): Meaning | "error" {
  if (name === "PING" && words.length === 1) return { kind: "status", text: "PONG" };
  if (name === "PING" && words.length === 2) return { kind: "bulk", hex: words[1].toHex() };
  if (name === "ECHO" && words.length === 2) return { kind: "bulk", hex: words[1].toHex() };
  if (name === "QUIT" && words.length === 1) return { kind: "status", text: "OK" };
  const argument = words.length === 2 ? decoder.decode(words[1]) : "";
  if (!/^(0|[1-9]\d*)$/.test(argument)) return "error";
  if (name === "SLEEP" && Number(argument) <= MOST_SLEEP_MS) return { kind: "status", text: "OK" };
  const value = name === "FIB" ? FIBONACCI[Number(argument)] : undefined;
  return value === undefined ? "error" : { kind: "integer", value };
}
