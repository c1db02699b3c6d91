/**
 * Turns the bytes that a server sends into replies, however they are cut into packets: the client's
 * half of RESP2, without arrays, which no command of the lessons replies with.
 *
 * Invariant: `#buffer[#start, #end)` holds the bytes that came and belong to no reply yet. A reply is
 * taken whole or not at all.
 */

/** One reply. `bytes` may be anything; the texts contain no line break. */
export type RespReply =
  | { readonly kind: "status"; readonly text: string }
  | { readonly kind: "error"; readonly text: string }
  | { readonly kind: "integer"; readonly value: number }
  | { readonly kind: "bulk"; readonly bytes: Uint8Array }
  | { readonly kind: "nil" };

/** Bytes that are no reply: whatever listens there doesn't speak RESP. */
export class ReplyError extends Error {
  override name = "ReplyError";
}

/** The longest line that is waited for. */
const MAX_LINE_BYTES = 64 * 1024;
/** The longest bulk string, unless the caller wants less. Redis's limit. */
const MAX_BULK_BYTES = 512 * 1024 * 1024;
const INITIAL_BYTES = 16 * 1024;
const LF = 10, CR = 13;
const decoder = new TextDecoder();

/** An incremental parser for the replies of one connection. */
export class ReplyParser {
  #buffer = new Uint8Array(INITIAL_BYTES);
  #start = 0;
  #end = 0;

  /** @param maxBulkBytes the longest bulk string that is waited for. */
  constructor(readonly maxBulkBytes = MAX_BULK_BYTES) {}

  /** True when bytes of a reply have come whose end has not. */
  get midReply(): boolean {
    return this.#end > this.#start;
  }

  /** Takes in what was read; the bytes are copied. */
  push(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#buffer.length) this.#makeRoom(bytes.length);
    this.#buffer.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /**
   * @returns the next whole reply, or undefined when it has not come whole.
   * @throws ReplyError when what came cannot be a reply.
   */
  next(): RespReply | undefined {
    if (!this.midReply) return undefined;
    const type = String.fromCharCode(this.#buffer[this.#start]);
    if (!"+-:$".includes(type)) {
      throw new ReplyError(`a reply cannot begin with ${JSON.stringify(type)}`);
    }
    const lineEnd = this.#lineEnd();
    if (lineEnd === undefined) return undefined;
    const text = decoder.decode(this.#buffer.subarray(this.#start + 1, lineEnd));
    const next = lineEnd + 2;
    if (type === "$") return this.#bulk(integer(text), next);
    this.#start = next;
    if (type === "+") return { kind: "status", text };
    return type === "-" ? { kind: "error", text } : { kind: "integer", value: integer(text) };
  }

  /** The bulk string of `length` bytes at `from`; undefined when it has not come whole. */
  #bulk(length: number, from: number): RespReply | undefined {
    if (length === -1) {
      this.#start = from;
      return { kind: "nil" };
    }
    if (length < 0 || length > this.maxBulkBytes) throw new ReplyError(`bulk length ${length}`);
    const to = from + length;
    if (to + 2 > this.#end) return undefined;
    if (this.#buffer[to] !== CR || this.#buffer[to + 1] !== LF) {
      throw new ReplyError("a bulk string without its line end");
    }
    this.#start = to + 2;
    return { kind: "bulk", bytes: this.#buffer.slice(from, to) };
  }

  /** The position of the CR that ends the line at the start; undefined when it has not come. */
  #lineEnd(): number | undefined {
    const found = this.#buffer.indexOf(LF, this.#start);
    const complete = found !== -1 && found < this.#end;
    if ((complete ? found : this.#end) - this.#start > MAX_LINE_BYTES) {
      throw new ReplyError("a line too long for a reply");
    }
    if (!complete) return undefined;
    if (this.#buffer[found - 1] !== CR) throw new ReplyError("a line without its CR");
    return found - 1;
  }

  #makeRoom(needed: number): void {
    const pending = this.#buffer.subarray(this.#start, this.#end);
    let size = this.#buffer.length;
    while (size < pending.length + needed) size *= 2;
    const buffer = size === this.#buffer.length ? this.#buffer : new Uint8Array(size);
    buffer.set(pending);
    this.#buffer = buffer;
    this.#start = 0;
    this.#end = pending.length;
  }
}

function integer(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new ReplyError(`'${text.slice(0, 32)}' is no integer`);
  return Number(text);
}
