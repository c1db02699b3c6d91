/**
 * Pretends to be lesson 4. Wrong: it closes the connection when the client has sent its last byte,
 * though a worker still works on what it asked for.
 *
 * People take 'the client sends no more' for 'the client is gone'. `printf 'PING\r\n' | nc` then gets
 * its reply when it is lucky.
 *
 * Loses 4.R1: a half-close while a request is under way: the server closed the connection
 */
import type { ByteStream } from "../../../models/parts/sockets/byte_stream.ts";
import type { ServeOptions } from "../../../models/parts/options.ts";
import { serveModel4, startPool } from "./shared/loop.ts";
import { type Running, withSocket } from "./shared/common.ts";

export function serve(options: ServeOptions): Running {
  return serveModel4(options, (loop) => ({
    pool: startPool(loop, options.workers),
    accepted: (accepted) => withSocket(accepted, readingAhead),
  }));
}

/** Reads whether or not anybody asks, so that the client's end is seen at once. */
function readingAhead(socket: ByteStream): Pick<ByteStream, "read" | "close"> {
  const chunks: Uint8Array[] = [];
  let ended = false, closed = false;
  const close = () => {
    if (!closed) socket.close();
    closed = true;
  };
  let wake = () => {};
  const pump = async () => {
    const buffer = new Uint8Array(64 * 1024);
    for (let n = await socket.read(buffer); n !== null; n = await socket.read(buffer)) {
      chunks.push(buffer.slice(0, n));
      wake();
    }
  };
  pump().catch(() => {}).finally(() => {
    ended = true;
    wake();
    close();
  });
  return {
    close,
    async read(into) {
      while (chunks.length === 0 && !ended) await new Promise<void>((resolve) => wake = resolve);
      const chunk = chunks.shift();
      if (chunk === undefined) return null;
      into.set(chunk.subarray(0, into.length));
      if (chunk.length > into.length) chunks.unshift(chunk.subarray(into.length));
      return Math.min(chunk.length, into.length);
    },
  };
}
