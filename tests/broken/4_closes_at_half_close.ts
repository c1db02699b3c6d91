/**
 * Pretends to be lesson 4. Wrong: it closes the connection when the client has sent its last byte,
 * though a worker still works on what it asked for.
 *
 * People take 'the client sends no more' for 'the client is gone'. `printf 'PING\r\n' | nc` then gets
 * its reply when it is lucky.
 *
 * Loses 4.R1: a half-close while a request is under way: the server closed the connection
 */
import { type AcceptedSocket, openConnection } from "../../models/parts/accept.ts";
import type { Connection } from "../../models/parts/connection.ts";
import type { ServeOptions } from "../../models/parts/options.ts";
import type { Done } from "../../models/parts/worker_pool.ts";
import { Loop, poolHandlers, startPool } from "./loop.ts";
import { type Running, withSocket } from "./parts.ts";

export function serve(options: ServeOptions): Running {
  const loop = new Loop<Done<Connection>>(options, (loop) => ({
    ...poolHandlers(loop, startPool(loop, options.workers)),
    accepted: (accepted) => openConnection(withSocket(accepted, readingAhead), loop.context),
  }));
  return { finished: loop.run() };
}

/** Reads whether or not anybody asks, so that the client's end is seen at once. */
function readingAhead(socket: AcceptedSocket): Pick<AcceptedSocket, "read" | "close"> {
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
