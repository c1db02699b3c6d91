/**
 * The bytes of one connection, wherever they come from: a `Deno.Conn`, a socket opened from a
 * descriptor, or a pair of streams from another thread. A `Deno.Conn` is one as it stands.
 */
export interface ByteStream {
  /**
   * Waits for bytes. One call at a time.
   *
   * @param buffer where the bytes go; at least 1 byte long.
   * @returns how many came (0: some have come, and are left for another to read), or null when the other side has sent its last.
   */
  read(buffer: Uint8Array): Promise<number | null>;
  /**
   * Sends bytes, and waits while the client takes none. One call at a time.
   *
   * @returns how many bytes were taken, which may be fewer than given.
   */
  write(bytes: Uint8Array): Promise<number>;
  /** Half-close: tells the other side that no more will be written. Reading goes on. */
  closeWrite(): Promise<void>;
  /** Frees the socket at once; pending reads and writes fail. */
  close(): void;
}

/** Several pieces of bytes in one, in their order. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
