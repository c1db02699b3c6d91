/**
 * What samples of the kernel tell of a client whose server has no trace. Only what was seen counts: a
 * client that no sample had in the accept queue did not wait there, and what no sample had unread was
 * read at once.
 */
import type { ClientLane } from "./client_lane.ts";
import type { ConnectionSample } from "./events.ts";

/**
 * Takes the next sample.
 *
 * @param server the server's end of the client's connection; undefined: there is none any more.
 */
export function sampled(
  client: ClientLane,
  server: ConnectionSample | undefined,
  us: number,
): void {
  const { connectedUs } = client;
  if (client.closedUs !== undefined || connectedUs === undefined || connectedUs >= us) return;
  if (server === undefined) client.closedUs = us;
  else if (!server.accepted) client.seenInQueue = true;
  else {
    client.acceptedUs ??= client.seenInQueue ? acceptedBy(client, us) : connectedUs;
    readUntil(client, server.unread > 0, us);
  }
}

/** Who has a reply by the time of the sample was accepted before that. */
function acceptedBy({ requests }: ClientLane, us: number): number {
  const repliedUs = requests.find(({ replyUs }) => replyUs !== undefined)?.replyUs ?? us;
  return Math.min(us, repliedUs);
}

function readUntil({ requests }: ClientLane, isUnread: boolean, us: number): void {
  for (const way of requests) {
    const { sentUs, noticedUs, replyUs } = way;
    if (sentUs === undefined || sentUs >= us || replyUs !== undefined) continue;
    if (isUnread) way.seenUnread = noticedUs === undefined;
    else way.noticedUs ??= way.seenUnread ? us : sentUs;
  }
}
