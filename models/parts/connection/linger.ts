/**
 * Closing so that the last reply arrives. To close a socket with unread bytes makes the kernel send a
 * reset, which can overtake what was written before (RFC 1122, 4.2.2.13). So the write side is closed
 * first, and what still comes is read and dropped.
 */
import { startTimer } from "../timers.ts";
import type { ByteStream } from "../sockets/byte_stream.ts";

/** How much is dropped; who sends more gets the reset. */
const MOST_BYTES = 16 * 1024 * 1024;

/** What is known of the reading so far. */
export interface ReadSoFar {
  /** A `read()` that is under way, if there is one. */
  readonly reading: Promise<unknown> | undefined;
  /** Whether the client has sent its last byte. */
  readonly eof: boolean;
}

/**
 * Closes the write side, and drops what comes until the client has sent its last byte. Settles then,
 * when the stream is closed or reset, or after `mostMs`; it never rejects. The stream is to be closed
 * after.
 */
export async function linger(stream: ByteStream, soFar: ReadSoFar, mostMs: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = startTimer(resolve, mostMs);
  await Promise.race([dropRest(stream, soFar), late]);
  timer.cancel();
}

async function dropRest(stream: ByteStream, soFar: ReadSoFar): Promise<void> {
  try {
    await stream.closeWrite();
    await soFar.reading;
    const dropped = new Uint8Array(16 * 1024);
    for (let total = 0; !soFar.eof && total < MOST_BYTES;) {
      const count = await stream.read(dropped);
      if (count === null) break;
      total += count;
    }
  } catch {
    // The client reset the connection, or it took too long and was closed.
  }
}
