/** The bytes of the protocol for servers in JavaScript, on Node.js and Deno: requests in, replies out. */
import { Buffer } from "node:buffer";

const MOST_LINE = 64 * 1024, MOST_BULK = 512 * 1024, MOST_WORDS = 64;
/** A whole number, as Redis writes it. */
export const NUMBER = /^(0|[1-9]\d{0,8})$/;

/** A malformed request: it is answered with the error, and the connection is closed. */
export class ProtocolError extends Error {}

/** The bytes that came from one client, as far as they have not been taken as requests. */
export class Requests {
  #data = Buffer.alloc(0);

  /** @param {Uint8Array} chunk what was read. */
  push(chunk) {
    this.#data = Buffer.concat([this.#data, chunk]);
  }

  /**
   * Takes the first request; undefined when it has not come whole. Throws ProtocolError.
   *
   * @returns {Buffer[] | undefined} its words.
   */
  take() {
    const data = this.#data;
    const end = data.indexOf(10) + 1;
    if (end === 0) {
      if (data.length > MOST_LINE) throw new ProtocolError("too big inline request");
      return undefined;
    }
    const taken = data[0] === 42 ? array(data, end) : line(data, end);
    if (taken !== undefined) this.#data = data.subarray(taken.length);
    return taken?.words;
  }
}

function line(data, length) {
  const words = data.toString("latin1", 0, length).trim().split(/[ \r]+/);
  return {
    words: words.filter((word) => word !== "").map((word) => Buffer.from(word, "latin1")),
    length,
  };
}

function array(data, firstEnd) {
  const words = [];
  let at = firstEnd;
  const count = header(data, 0, firstEnd, "*", MOST_WORDS, "invalid multibulk length");
  for (let i = 0; i < count; i++) {
    const from = data.indexOf(10, at) + 1;
    if (from === 0) return undefined;
    const length = header(data, at, from, "$", MOST_BULK, "invalid bulk length");
    if (data.length < from + length + 2) return undefined;
    words.push(data.subarray(from, from + length));
    at = from + length + 2;
  }
  return { words, length: at };
}

function header(data, at, end, mark, most, what) {
  const text = data.toString("latin1", at + 1, end).trim();
  if (data[at] !== mark.charCodeAt(0) || !NUMBER.test(text) || Number(text) > most) {
    throw new ProtocolError(what);
  }
  return Number(text);
}

/** A bulk string. */
export function bulk(bytes) {
  return Buffer.concat([Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from("\r\n")]);
}

/** An error reply. */
export function error(text) {
  return Buffer.from(`-ERR ${text}\r\n`, "latin1");
}

/** The reply to a malformed request. */
export function malformed(protocolError) {
  return error(`Protocol error: ${protocolError.message}`);
}
