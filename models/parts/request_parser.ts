/**
 * Turns the bytes of one connection into requests, however they are cut into packets.
 *
 * Invariant: `#buffer[#start, #end)` holds the bytes that came and belong to no request yet;
 * `[#start, #scanned)` of them hold no line break. A request is taken whole or not at all, so a
 * request that is still incomplete is looked at again, from its first byte, when more has come.
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

const INITIAL_BYTES = 16 * 1024;
const LF = 10, CR = 13, DOLLAR = 36, ASTERISK = 42, MINUS = 45, ZERO = 48;
/** For each byte the upper-case letter, so that a name is read without a decoder's fixed cost. */
const UPPER = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte).toUpperCase());
const INCOMPLETE = -1;

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
  #buffer = new Uint8Array(INITIAL_BYTES);
  #start = 0;
  #end = 0;
  #scanned = 0;
  /** Where the value that `#number` or the line that `#line` found ends: just behind its LF. */
  #next = 0;

  /** True when bytes of a request have come whose end has not. */
  get midRequest(): boolean {
    return this.#end > this.#start;
  }

  /** Free space to read into, at least so many bytes. Requests handed out before become invalid. */
  space(least = 1): Uint8Array {
    if (this.#start === this.#end) this.#reset();
    if (this.#buffer.length - this.#end < least) this.#makeRoom(least);
    return this.#end === 0 ? this.#buffer : this.#buffer.subarray(this.#end);
  }

  /** Takes over `count` bytes that were read into `space()`. */
  filled(count: number): void {
    this.#end += count;
  }

  /** Takes over bytes that were read elsewhere. */
  put(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const space = this.space();
      const count = Math.min(space.length, bytes.length - at);
      space.set(bytes.subarray(at, at + count));
      this.filled(count);
      at += count;
    }
  }

  /** Takes out the bytes that belong to no request yet; a copy. */
  takeRest(): Uint8Array<ArrayBuffer> {
    const rest = this.#buffer.slice(this.#start, this.#end);
    this.#start = this.#end;
    this.#reset();
    return rest;
  }

  /**
   * Takes the next request out of the buffer.
   *
   * @returns the next whole request, or undefined when it has not come whole.
   * @throws ProtocolError when what came cannot be a request; the connection is then beyond repair.
   */
  next(): Request | undefined {
    while (this.#start < this.#end) {
      const words = this.#buffer[this.#start] === ASTERISK ? this.#array() : this.#inline();
      if (words === undefined) return undefined;
      this.#start = this.#scanned = this.#next;
      // An empty line and an empty array ask for nothing, and get nothing.
      if (words.length > 0) return { name: commandName(words[0]), words };
    }
    return undefined;
  }

  #inline(): Uint8Array[] | undefined {
    const end = this.#line(this.#start, "Protocol error: too big inline request");
    return end === INCOMPLETE ? undefined : splitLine(this.#buffer.subarray(this.#start, end));
  }

  #array(): Uint8Array[] | undefined {
    const count = this.#number(this.#start + 1, WORD_COUNT);
    if (count === undefined) return undefined;
    const words: Uint8Array[] = [];
    let total = 0;
    while (words.length < count) {
      const at = this.#next;
      if (at >= this.#end) return undefined;
      if (this.#buffer[at] !== DOLLAR) {
        const found = String.fromCharCode(this.#buffer[at]);
        throw new ProtocolError(`Protocol error: expected '$', got '${found}'`);
      }
      const length = this.#number(at + 1, BULK_LENGTH);
      if (length === undefined) return undefined;
      if (length < 0) throw new ProtocolError(BULK_LENGTH.invalid);
      total += length;
      if (total > MAX_REQUEST_BYTES) throw new ProtocolError("Protocol error: too big request");
      const from = this.#next;
      if (from + length + 2 > this.#end) return undefined;
      if (this.#buffer[from + length] !== CR || this.#buffer[from + length + 1] !== LF) {
        throw new ProtocolError("Protocol error: bulk string without its line end");
      }
      words.push(this.#buffer.subarray(from, from + length));
      this.#next = from + length + 2;
    }
    return words;
  }

  /** The integer on the line at `from`; undefined when the line has not come whole. */
  #number(from: number, { most, tooBig, invalid }: NumberRules): number | undefined {
    const end = this.#line(from, tooBig);
    if (end === INCOMPLETE) return undefined;
    let value = 0;
    const negative = this.#buffer[from] === MINUS;
    let at = negative ? from + 1 : from;
    // A zero in front is wrong, as it is to Redis, unless it is the whole number.
    let valid = at < end && (this.#buffer[at] !== ZERO || from + 1 === end);
    for (; valid && at < end; at++) {
      const digit = this.#buffer[at] - ZERO;
      value = value * 10 + digit;
      valid = digit >= 0 && digit <= 9 && value <= most;
    }
    if (!valid) throw new ProtocolError(invalid);
    return negative ? -value : value;
  }

  /** The end of the line at `from`, without its CR; INCOMPLETE when the line has not come whole. */
  #line(from: number, tooBig: string): number {
    const buffer = this.#buffer;
    let lineFeed = Math.max(from, this.#scanned);
    // Not `indexOf`, which would also search what lies behind `#end`, up to 1 MiB of it.
    while (lineFeed < this.#end && buffer[lineFeed] !== LF) lineFeed++;
    const end = lineFeed > from && buffer[lineFeed - 1] === CR ? lineFeed - 1 : lineFeed;
    if (end - from > MAX_LINE_BYTES) throw new ProtocolError(tooBig);
    if (lineFeed === this.#end) {
      if (from === this.#start) this.#scanned = this.#end;
      return INCOMPLETE;
    }
    this.#next = lineFeed + 1;
    return end;
  }

  #reset(): void {
    // After a large request the connection gives the memory back.
    if (this.#buffer.length > INITIAL_BYTES) this.#buffer = new Uint8Array(INITIAL_BYTES);
    this.#start = this.#end = this.#scanned = 0;
  }

  #makeRoom(least: number): void {
    const pending = this.#buffer.subarray(this.#start, this.#end);
    let length = this.#buffer.length;
    if (pending.length > length / 2) length *= 2;
    while (length - pending.length < least) length *= 2;
    if (length > this.#buffer.length) this.#buffer = new Uint8Array(length);
    this.#buffer.set(pending);
    this.#scanned -= this.#start;
    this.#start = 0;
    this.#end = pending.length;
  }
}

/** The upper-case name of a command, of at most 32 letters: no command has a longer one. */
export function commandName(word: Uint8Array): string {
  let name = "";
  for (let at = 0; at < word.length && at < 32; at++) name += UPPER[word[at]];
  return name;
}
