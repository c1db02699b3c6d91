/** Turns words into the bytes that a client sends: the other half of `resp_reply.ts`. */
import { concat } from "../../models/parts/sockets/byte_stream.ts";

const encoder = new TextEncoder();
const CRLF = encoder.encode("\r\n");

/** A request as an array of bulk strings. Any byte may occur in a word; a text goes as UTF-8. */
export function encodeRequest(...words: readonly (string | Uint8Array)[]): Uint8Array {
  const parts = words.flatMap((word) => {
    const bytes = typeof word === "string" ? encoder.encode(word) : word;
    return [encoder.encode(`$${bytes.length}\r\n`), bytes, CRLF];
  });
  return concat([encoder.encode(`*${words.length}\r\n`), ...parts]);
}
