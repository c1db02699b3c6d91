/**
 * What goes to a worker in one trip. A trip costs far more than a small request, so several of them
 * share one; but nobody is to wait behind a request that takes long while another worker is idle.
 * So a trip is either quick requests of one connection, or one request that may take long.
 */
import type { Connection } from "../connection.ts";
import { QUICK } from "../protocol/business.ts";
import type { Request } from "../protocol/protocol.ts";

/** Others wait behind a trip: it stays short. */
const MOST_REQUESTS = 32, MOST_BYTES = 16 * 1024;
/** More words are a mistake, and go alone. */
const MOST_WORDS = 2;

/**
 * Takes the requests of a connection's next trip, without waiting. They are due to be answered, all of
 * them, before more are taken: so replies keep their order, though workers finish in any.
 *
 * @returns none when no request has come whole.
 */
export function nextTrip(connection: Connection): Request[] {
  const first = connection.nextRequest();
  if (first === undefined) return [];
  const trip = [first];
  if (!isQuick(first)) return trip;
  let bytes = bytesOf(first);
  const fits = (request: Request) => isQuick(request) && bytes + bytesOf(request) <= MOST_BYTES;
  while (trip.length < MOST_REQUESTS) {
    const next = connection.nextRequest(fits);
    if (next === undefined) break;
    trip.push(next);
    bytes += bytesOf(next);
  }
  return trip;
}

function isQuick({ name, words }: Request): boolean {
  return QUICK.has(name) && words.length <= MOST_WORDS;
}

function bytesOf({ words }: Request): number {
  let sum = 0;
  for (const word of words) sum += word.length;
  return sum;
}
