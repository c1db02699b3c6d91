/** Reading without waiting, as a program in C does with a descriptor that does not block. */
import type { Connection } from "./connection.ts";
import type { Request } from "./protocol/protocol.ts";
import { startTimer } from "./timers.ts";

/**
 * So long an event thread waits for the rest of a request. That is what a new thread would cost, and
 * bytes that the kernel has already come within one turn of the event loop.
 */
const PATIENCE_MS = 20;
/** Read at once. When so much comes, there is likely to be more. */
export const CHUNK_BYTES: number = 64 * 1024;
/** Then the replies are written before more is read: they have to lie somewhere until then. */
const MOST_BYTES = 1024 * 1024;

/**
 * Reads what has come, and hands out the requests that are there whole. Reads on as long as there is
 * none, but only what comes at once.
 *
 * @param connection reads chunks of `CHUNK_BYTES`, on demand.
 */
export async function* readRequests(connection: Connection): AsyncGenerator<Request, void> {
  let found = false, more = true;
  while (more && connection.received < MOST_BYTES) {
    const before = connection.received;
    if (!await readSoon(connection)) return;
    for (const request of connection.requests()) {
      found = true;
      yield request;
    }
    more = !found || connection.received - before >= CHUNK_BYTES;
  }
}

/** @returns true when bytes came; after false a read may still be under way. */
async function readSoon(connection: Connection): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  let timer = startTimer(() => {
    // On a busy machine the time is over before the socket was looked at: that is in the next turns.
    timer = startTimer(() => timer = startTimer(() => resolve(false), 0), 0);
  }, PATIENCE_MS);
  const came = await Promise.race([connection.read(), late]);
  timer.cancel();
  return came;
}
