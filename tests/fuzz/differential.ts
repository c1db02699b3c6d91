/** The same bytes to redis-server and to the reference, and every reply compared. */
import { latin1 } from "./pair.ts";
import { type Difference, DIFFERENCES } from "./differences.ts";
import { expectedOf } from "./reference.ts";
import type { RedisServer } from "./redis_server.ts";
import type { Sent } from "./requests.ts";
import { shownCase } from "./streams.ts";

/**
 * Plays one case to both.
 *
 * @returns the differences that were met, each explained; undefined when our reply cannot be foreseen.
 * @throws Error at a difference that no row explains.
 */
export async function compareWithRedis(
  redis: RedisServer,
  sent: Sent,
): Promise<Difference[] | undefined> {
  const expected = expectedOf(sent.bytes);
  if (expected === undefined) return undefined;
  const ours = repliesIn(expected.replies);
  const { received, reset } = await redis.answer(sent);
  const theirs = repliesIn(received);
  const met: Difference[] = [];
  for (let i = 0; i < Math.max(ours.length, theirs.length); i++) {
    if (ours[i] === theirs[i]) continue;
    if (reset && i >= theirs.length) break;
    const pair = { ours: ours[i], redis: theirs[i], sent: latin1(sent.bytes) };
    const difference = DIFFERENCES.find((row) => row.explains(pair));
    if (difference === undefined) {
      const [a, b] = [pair.ours, pair.redis].map((reply) => JSON.stringify(reply)?.slice(0, 200));
      throw new Error(`reply ${i + 1} is ${a}, redis-server's ${b}; sent was ${shownCase(sent)}`);
    }
    met.push(difference);
    if (difference.apart) break;
  }
  return met;
}

/** The replies of a server, each with its line end. What is cut at the end stands as it is. */
function repliesIn(bytes: Uint8Array): string[] {
  const text = latin1(bytes);
  const replies: string[] = [];
  for (let at = 0; at < text.length;) {
    const lineEnd = text.indexOf("\r\n", at);
    const [, length] = /^\$(\d+)/.exec(text.slice(at, lineEnd)) ?? [];
    const end = lineEnd === -1
      ? text.length
      : lineEnd + 2 + (length === undefined ? 0 : Number(length) + 2);
    replies.push(text.slice(at, end));
    at = end;
  }
  return replies;
}
