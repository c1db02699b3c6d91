/**
 * The protocol's words and limits: the part of RESP, Redis's protocol, that people type.
 *
 * A request is a line (`ECHO hello\r\n`; a bare `\n` ends it as well) or an array of bulk strings
 * (`*2\r\n$4\r\nECHO\r\n$5\r\nhello\r\n`). A reply is `+OK`, `-ERR …`, `:42` or a bulk string.
 * Format and error texts: the Redis serialization protocol specification (RESP2), and what
 * redis-server 7.0 answers.
 */

import { safeText } from "./safe_text.ts";

/** The longest line, in bytes, its end not counted. Redis's limit. */
export const MAX_LINE_BYTES = 64 * 1024;
/** The longest bulk string, in bytes. Redis takes 512 MB; here one client may not cost that much. */
export const MAX_BULK_BYTES = 512 * 1024;
/** The most words in one request. redis-server 7.0 takes 2,147,483,647; no command here has three. */
export const MAX_WORDS = 1024;
/** The most bytes in all words of one request together: one bulk string and what goes with it. */
export const MAX_REQUEST_BYTES: number = MAX_BULK_BYTES + MAX_LINE_BYTES;

/** One request: the command's name and its arguments, as the client sent them. */
export interface Request {
  /** The command's name in upper case. */
  readonly name: string;
  /**
   * The name as typed, then the arguments; any byte may occur. They are views of the connection's
   * read buffer: valid until the next read from this connection.
   */
  readonly words: readonly Uint8Array[];
}

/** One reply, ready to send. */
export interface Reply {
  /** The reply as it goes over the wire. */
  readonly bytes: Uint8Array;
  /** True when the connection is to be closed once the reply is sent. */
  readonly last?: boolean;
  /** How many requests it answers, when it is the replies to several in one. Default: 1. */
  readonly answers?: number;
}

/** A request that cannot be understood. Its connection gets the message as an error and is closed. */
export class ProtocolError extends Error {
  /** Tells it from other errors in a stack trace. */
  override name = "ProtocolError";
}

const encoder = new TextEncoder();

/** `+text`: a status. The text may not contain a line break. */
export function simpleString(text: string): Reply {
  return { bytes: encoder.encode(`+${text}\r\n`) };
}

/**
 * `-text`: an error. Line breaks become blanks, as in Redis; and so does all else that could steer a
 * terminal, which Redis lets through: an error is shown on one.
 */
export function errorReply(text: string): Reply {
  return { bytes: encoder.encode(`-${safeText(text, () => " ")}\r\n`) };
}

/** `:n`: an integer. */
export function integerReply(value: number): Reply {
  return { bytes: encoder.encode(`:${value}\r\n`) };
}

/** `$length`, then the bytes, whatever they are. */
export function bulkReply(content: Uint8Array): Reply {
  const head = encoder.encode(`$${content.length}\r\n`);
  const bytes = new Uint8Array(head.length + content.length + 2);
  bytes.set(head);
  bytes.set(content, head.length);
  bytes[bytes.length - 2] = 13;
  bytes[bytes.length - 1] = 10;
  return { bytes };
}

/** A bulk string of a text, in UTF-8. */
export function bulkText(text: string): Reply {
  return bulkReply(encoder.encode(text));
}
