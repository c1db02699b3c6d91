/**
 * Replies read back by a client that is not ours: the decoder of `@redis/client`. What the project
 * writes and reads with its own code could be wrong in the same way on both sides.
 */
import { Buffer } from "node:buffer";
import { Decoder, RESP_TYPES } from "@redis/client/decoder";

/** A reply as the client of another author understands it. Errors are told from texts. */
export type Meaning =
  | { readonly kind: "status" | "error"; readonly text: string }
  | { readonly kind: "integer"; readonly value: number }
  | { readonly kind: "bulk"; readonly hex: string };

/**
 * Reads replies out of bytes.
 *
 * @param pieces the bytes, cut as they came.
 * @returns the replies that are whole, in order.
 * @throws what the decoder throws for bytes that are no reply.
 */
export function readBack(pieces: readonly Uint8Array[]): Meaning[] {
  const replies: Meaning[] = [];
  const decoder = new Decoder({
    onReply: (reply: unknown) => replies.push(meaningOf(reply)),
    onErrorReply: ({ message }: Error) => replies.push({ kind: "error", text: message }),
    onPush: () => {
      throw new Error("a push, which RESP2 does not have");
    },
    // Bulk strings as bytes: text would hide what broken UTF-8 became.
    getTypeMapping: () => ({ [RESP_TYPES.BLOB_STRING]: Buffer }),
  });
  for (const piece of pieces) if (piece.length > 0) decoder.write(Buffer.from(piece));
  return replies;
}

function meaningOf(reply: unknown): Meaning {
  if (typeof reply === "string") return { kind: "status", text: reply };
  if (typeof reply === "number") return { kind: "integer", value: reply };
  if (Buffer.isBuffer(reply)) return { kind: "bulk", hex: reply.toString("hex") };
  throw new Error(`a reply of a kind that no command has: ${String(reply)}`);
}
