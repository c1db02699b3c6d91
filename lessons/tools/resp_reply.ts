/**
 * Turns the bytes that a server sends into replies, however they are cut into packets: the client's
 * half of RESP2.
 *
 * Invariant: a value that is no array is taken whole or not at all. The items of an array are taken as
 * they come, and lie in `#open` until the last one is there: the outermost array first.
 */
import { PendingBytes } from "./pending_bytes.ts";

/** One reply. `bytes` may be anything; the texts contain no line break. */
export type RespReply =
  | { readonly kind: "status"; readonly text: string }
  | { readonly kind: "error"; readonly text: string }
  | { readonly kind: "integer"; readonly value: number }
  | { readonly kind: "bulk"; readonly bytes: Uint8Array }
  | { readonly kind: "nil" }
  | { readonly kind: "array"; readonly items: readonly RespReply[] };

/** Bytes that are no reply: whatever listens there doesn't speak RESP. */
export class ReplyError extends Error {
  override name = "ReplyError";
}

/** The longest line that is waited for. */
const MAX_LINE_BYTES = 64 * 1024;
/** The longest bulk string or array, unless the caller wants less: 32 of the longest of our servers. */
const MAX_BYTES = 16 * 1024 * 1024;
/** The most items of an array. */
const MAX_ITEMS = 64 * 1024;
/** How deep an array may lie in others. */
const MAX_DEPTH = 32;
const LF = 10, CR = 13;
const decoder = new TextDecoder();

/** An array of which not all items have come. */
interface OpenArray {
  readonly items: RespReply[];
  readonly count: number;
}

/** An incremental parser for the replies of one connection. */
export class ReplyParser {
  readonly #pending = new PendingBytes();
  readonly #open: OpenArray[] = [];
  /** Bytes taken of the outermost array that is open. */
  #bytes = 0;

  /** @param maxBytes the longest bulk string, or array, that is waited for. */
  constructor(readonly maxBytes = MAX_BYTES) {}

  /** True when bytes of a reply have come whose end has not. */
  get midReply(): boolean {
    return this.#pending.length > 0 || this.#open.length > 0;
  }

  /** Takes in what was read; the bytes are copied. */
  push(bytes: Uint8Array): void {
    this.#pending.push(bytes);
  }

  /**
   * @returns the next whole reply, or undefined when it has not come whole.
   * @throws ReplyError when what came cannot be a reply.
   */
  next(): RespReply | undefined {
    for (let value = this.#value(); value !== undefined; value = this.#value()) {
      const reply = this.#inItsArray(value);
      if (reply !== undefined) return reply;
    }
  }

  /** Puts a value into the array that waits for it. Returns what is whole by that, or alone. */
  #inItsArray(value: RespReply): RespReply | undefined {
    let whole = value;
    for (let array = this.#open.at(-1); array !== undefined; array = this.#open.at(-1)) {
      array.items.push(whole);
      if (array.items.length < array.count) return undefined;
      this.#open.pop();
      whole = { kind: "array", items: array.items };
    }
    return whole;
  }

  /** The next value: one that is no array, or an empty one. Opens the arrays that begin before it. */
  #value(): RespReply | undefined {
    if (this.#pending.length === 0) return undefined;
    const type = String.fromCharCode(this.#pending.at(0));
    if (!"+-:$*".includes(type)) {
      throw new ReplyError(`a reply cannot begin with ${JSON.stringify(type)}`);
    }
    const lineEnd = this.#lineEnd();
    if (lineEnd === undefined) return undefined;
    const text = decoder.decode(this.#pending.between(1, lineEnd));
    const next = lineEnd + 2;
    if (type === "$" && text !== "-1") return this.#bulk(integer(text), next);
    this.#take(next);
    if ("$*".includes(type) && text === "-1") return { kind: "nil" };
    if (type === "*") return this.#array(integer(text));
    if (type === "+") return { kind: "status", text };
    return type === "-" ? { kind: "error", text } : { kind: "integer", value: integer(text) };
  }

  /** The bulk string of `length` bytes at `from`; undefined when it has not come whole. */
  #bulk(length: number, from: number): RespReply | undefined {
    if (length < 0 || length > this.maxBytes) throw new ReplyError(`bulk length ${length}`);
    const to = from + length;
    if (to + 2 > this.#pending.length) return undefined;
    if (this.#pending.at(to) !== CR || this.#pending.at(to + 1) !== LF) {
      throw new ReplyError("a bulk string without its line end");
    }
    const bytes = this.#pending.between(from, to).slice();
    this.#take(to + 2);
    return { kind: "bulk", bytes };
  }

  /** The array of `count` items that follow, when there are none; or else the first value in it. */
  #array(count: number): RespReply | undefined {
    if (count === 0) return { kind: "array", items: [] };
    if (count < 0 || count > MAX_ITEMS) throw new ReplyError(`array length ${count}`);
    if (this.#open.length === MAX_DEPTH) throw new ReplyError("arrays too deep in one another");
    if (this.#open.length === 0) this.#bytes = 0;
    this.#open.push({ items: [], count });
    return this.#value();
  }

  /** So many bytes are part of a value now. */
  #take(count: number): void {
    this.#pending.drop(count);
    this.#bytes += count;
    if (this.#open.length > 0 && this.#bytes > this.maxBytes) {
      throw new ReplyError(`an array of more than ${this.maxBytes} bytes`);
    }
  }

  /** The position of the CR that ends the first line; undefined when it has not come. */
  #lineEnd(): number | undefined {
    const found = this.#pending.indexOf(LF);
    if ((found === -1 ? this.#pending.length : found) > MAX_LINE_BYTES) {
      throw new ReplyError("a line too long for a reply");
    }
    if (found === -1) return undefined;
    if (this.#pending.at(found - 1) !== CR) throw new ReplyError("a line without its CR");
    return found - 1;
  }
}

function integer(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new ReplyError(`'${text.slice(0, 32)}' is no integer`);
  return Number(text);
}
