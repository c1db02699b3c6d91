/**
 * Turns the bytes of one connection into requests, however they are cut into packets.
 *
 * Invariant: a request is taken whole or not at all. One that is not is looked at again, all of it.
 */
import {
  MAX_BULK_BYTES,
  MAX_LINE_BYTES,
  MAX_REQUEST_BYTES,
  MAX_WORDS,
  ProtocolError,
  type Request,
} from "./protocol.ts";
import { splitLine } from "./inline_request.ts";
import { commandName } from "./command_name.ts";
import { ReadBuffer } from "./read_buffer.ts";

const LF = 10, CR = 13, DOLLAR = 36, ASTERISK = 42, MINUS = 45, ZERO = 48, INCOMPLETE = -1;

/** A number that the protocol has: its bound, and what Redis says when it is wrong. */
interface NumberRules {
  readonly most: number;
  readonly tooBig: string;
  readonly invalid: string;
}
const WORD_COUNT: NumberRules = {
  most: MAX_WORDS,
  tooBig: "Protocol error: too big mbulk count string",
  invalid: "Protocol error: invalid multibulk length",
};
const BULK_LENGTH: NumberRules = {
  most: MAX_BULK_BYTES,
  tooBig: "Protocol error: too big bulk count string",
  invalid: "Protocol error: invalid bulk length",
};

/** An incremental parser for the bytes of one connection. */
export class RequestParser {
  /** How many of the bytes that belong to no request yet are known to hold no line break. */
  #scanned = 0;
  /** Where the value that `#number` or the line that `#line` found ends: just behind its LF. */
  #next = 0;

  /** Begins with what is in the buffer, where the bytes come in; they are taken out here only. */
  constructor(readonly buffer: ReadBuffer = new ReadBuffer()) {}

  /** True when bytes of a request have come whose end has not. */
  get midRequest(): boolean {
    return this.buffer.end > this.buffer.start;
  }

  /** Takes out the bytes that belong to no request yet; a copy. */
  takeRest(): Uint8Array<ArrayBuffer> {
    this.#scanned = 0;
    return this.buffer.takeAll();
  }

  /**
   * Takes the next request out of the buffer.
   *
   * @param wanted whether it is to be taken; otherwise it stays, and is not returned.
   * @returns the next whole request, or undefined when it has not come whole.
   * @throws ProtocolError when what came cannot be a request, each time: it is beyond repair.
   */
  next(wanted?: (request: Request) => boolean): Request | undefined {
    const { buffer } = this;
    while (buffer.start < buffer.end) {
      const words = buffer.bytes[buffer.start] === ASTERISK ? this.#array() : this.#inline();
      if (words === undefined) return undefined;
      const request = { name: words.length > 0 ? commandName(words[0]) : "", words };
      if (words.length > 0 && wanted?.(request) === false) return undefined;
      buffer.start = this.#next;
      this.#scanned = 0;
      // An empty line and an empty array ask for nothing, and get nothing.
      if (words.length > 0) return request;
    }
    return undefined;
  }

  #inline(): Uint8Array[] | undefined {
    const { bytes, start } = this.buffer;
    const end = this.#line(start, "Protocol error: too big inline request");
    return end === INCOMPLETE ? undefined : splitLine(bytes.subarray(start, end));
  }

  #array(): Uint8Array[] | undefined {
    const { bytes, start, end } = this.buffer;
    const count = this.#number(start + 1, WORD_COUNT);
    if (count === undefined) return undefined;
    const words: Uint8Array[] = [];
    let total = 0;
    while (words.length < count) {
      const at = this.#next;
      if (at >= end) return undefined;
      if (bytes[at] !== DOLLAR) {
        const found = String.fromCharCode(bytes[at]);
        throw new ProtocolError(`Protocol error: expected '$', got '${found}'`);
      }
      const length = this.#number(at + 1, BULK_LENGTH);
      if (length === undefined) return undefined;
      if (length < 0) throw new ProtocolError(BULK_LENGTH.invalid);
      total += length;
      if (total > MAX_REQUEST_BYTES) throw new ProtocolError("Protocol error: too big request");
      const from = this.#next;
      if (from + length + 2 > end) return undefined;
      if (bytes[from + length] !== CR || bytes[from + length + 1] !== LF) {
        throw new ProtocolError("Protocol error: bulk string without its line end");
      }
      words.push(bytes.subarray(from, from + length));
      this.#next = from + length + 2;
    }
    return words;
  }

  /** The integer on the line at `from`; undefined when the line has not come whole. */
  #number(from: number, { most, tooBig, invalid }: NumberRules): number | undefined {
    const { bytes } = this.buffer;
    const end = this.#line(from, tooBig);
    if (end === INCOMPLETE) return undefined;
    let value = 0;
    const negative = bytes[from] === MINUS;
    let at = negative ? from + 1 : from;
    // A zero in front is wrong, as it is to Redis, unless it is the whole number.
    let valid = at < end && (bytes[at] !== ZERO || from + 1 === end);
    for (; valid && at < end; at++) {
      const digit = bytes[at] - ZERO;
      value = value * 10 + digit;
      // Less than nothing is nothing, down to what Redis's 64 bits can hold.
      valid = digit >= 0 && digit <= 9 && value <= (negative ? 2 ** 63 : most);
    }
    if (!valid) throw new ProtocolError(invalid);
    return negative ? -value : value;
  }

  /** The end of the line at `from`, without its CR; INCOMPLETE when the line has not come whole. */
  #line(from: number, tooBig: string): number {
    const { bytes, start, end } = this.buffer;
    let lineFeed = Math.max(from, start + this.#scanned);
    // Not `indexOf`, which would also search what lies behind `end`, up to 1 MiB of it.
    while (lineFeed < end && bytes[lineFeed] !== LF) lineFeed++;
    const lineEnd = lineFeed > from && bytes[lineFeed - 1] === CR ? lineFeed - 1 : lineFeed;
    if (lineEnd - from > MAX_LINE_BYTES) throw new ProtocolError(tooBig);
    if (lineFeed === end) {
      if (from === start) this.#scanned = end - start;
      return INCOMPLETE;
    }
    this.#next = lineFeed + 1;
    return lineEnd;
  }
}
