/**
 * Closing so that the last reply arrives. To close a socket with unread bytes makes the kernel send a
 * reset, which can overtake what was written before (RFC 1122, 4.2.2.13). So the write side is closed
 * first, and what still comes is read and dropped.
 */
import type { ByteStream } from "./byte_stream.ts";

/** How much is dropped; who sends more gets the reset. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Closes the write side, and drops what comes until the client has sent its last byte. Settles then,
 * or when the stream is closed or reset; it never rejects.
 *
 * @param reading a `read()` that is under way, if there is one.
 * @param isOver whether that one has come to the end.
 */
export async function linger(
  stream: ByteStream,
  reading: Promise<unknown> | undefined,
  isOver: () => boolean,
): Promise<void> {
  try {
    await stream.closeWrite();
    await reading;
    const dropped = new Uint8Array(16 * 1024);
    for (let total = 0; !isOver() && total < MOST_BYTES;) {
      const count = await stream.read(dropped);
      if (count === null) break;
      total += count;
    }
  } catch {
    // The client reset the connection, or it took too long and was closed.
  }
}
