/**
 * For whom a client waited, when the server tells nothing: from the clients' own times and samples of
 * the kernel. Whoever was answered last before the wait ended is what it waited for, and before that
 * whoever was answered as this one's turn came.
 */
import type { ClientLane } from "./client_lane.ts";
import type { ClientSpan } from "./client_spans.ts";
import type { Reason } from "./reason.ts";

/** For whom the client may have waited; of a wait that has not ended nothing is said. */
export function guessedReasons(
  clients: readonly ClientLane[],
  waiting: ClientLane,
  { state, fromUs, toUs, open }: ClientSpan,
): Reason[] {
  const reasons: Reason[] = [];
  if (open) return reasons;
  const others = clients.filter((client) => client !== waiting);
  let untilUs = toUs;
  for (;;) {
    const turns = others.flatMap((client) => turnsOf(client, state === "accept-queue"))
      .filter((turn) => turn.toUs > fromUs && turn.toUs <= untilUs && turn.fromUs < turn.toUs);
    const last = turns.sort((a, b) => a.toUs - b.toUs).at(-1);
    if (last === undefined) return reasons;
    untilUs = Math.max(fromUs, last.fromUs);
    reasons.unshift({ ...last, fromUs: untilUs });
  }
}

/** The times in which the server was busy with a client, by what the client itself knows. */
function turnsOf(client: ClientLane, wholeConnections: boolean): Reason[] {
  const turns: Reason[] = client.requests.flatMap((way) => {
    const { sentUs, replyUs, number } = way;
    if (sentUs === undefined || replyUs === undefined) return [];
    const fromUs = way.noticedUs ?? sentUs;
    return [{ kind: "after", client, request: number, fromUs, toUs: replyUs }];
  });
  const { acceptedUs, endedUs, requests } = client;
  if (!wholeConnections || acceptedUs === undefined || endedUs === undefined) return turns;
  const fromUs = Math.max(acceptedUs, requests.at(-1)?.replyUs ?? 0);
  return [...turns, { kind: "after", client, request: 0, fromUs, toUs: endedUs }];
}
