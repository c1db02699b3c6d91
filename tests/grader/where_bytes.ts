/** Where a client's request, and its reply, have got to: what a student is told when nothing comes. */
import type { Client } from "./client.ts";
import { connectionEnds } from "./sockets.ts";

/**
 * In a few words, which of the steps from the client's `send` to its reply was the last one.
 *
 * @param port the server's.
 */
export function whereBytesAre(port: number, client: Client): string {
  const { server, client: own } = connectionEnds(port, client.port);
  if (server !== undefined && !server.open) return "the connection is in the accept queue";
  const unread = server?.receiveQueue ?? 0;
  if (unread > 0) return `${bytes(unread)} from the client lie unread in its socket`;
  const sent = (server?.sendQueue ?? 0) + (own?.receiveQueue ?? 0);
  if (sent > 0) return `it has sent ${bytes(sent)}, and the client does not read them`;
  if (client.midReply) return "it has sent a part of the reply, and not its end";
  return "it has read all that came, and sent nothing for it";
}

function bytes(count: number): string {
  return `${count} byte${count === 1 ? "" : "s"}`;
}
