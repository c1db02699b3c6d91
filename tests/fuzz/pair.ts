/** A reply of ours beside redis-server's, and what can be said of the two. */
import { errorReply } from "../../models/parts/protocol/protocol.ts";

/** Two replies in the same place, as text of one character a byte; undefined: none came there. */
export interface Pair {
  readonly ours: string | undefined;
  readonly redis: string | undefined;
  /** All that the client sent. */
  readonly sent: string;
}

/** Our error for a command that is not known, with the name as shown. */
export const UNKNOWN = /^-ERR unknown command '(.*)'\r\n$/s;
/** Redis's. */
export const WITH_ARGUMENTS = /^-ERR unknown command '(.*?)', with args beginning with: .*\r\n$/s;
/** Whether a reply is this protocol error. */
export function isError(reply: string | undefined, text: string): boolean {
  return reply === `-ERR Protocol error: ${text}\r\n`;
}

/** The name as our error shows it: UTF-8, without what could steer a terminal. */
export function asOurs(name: string): string {
  const bytes = Uint8Array.from(name, (character) => character.charCodeAt(0));
  return latin1(errorReply(new TextDecoder().decode(bytes)).bytes).slice(1, -2);
}

/** Bytes as text of one character each, so that it can be searched. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}
