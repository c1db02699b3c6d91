/** Where a client's request, and its reply, have got to: what a student is told when nothing comes. */
import type { Owner } from "../clients/owners.ts";
import { connectionEnds } from "../server/sockets.ts";

/** What is seen of a server that does not answer, and what to ask oneself about it. */
export interface Stuck {
  readonly seen: string;
  readonly hint: string;
  /** Whether bytes have come to a client that reads, which it will get in a moment. */
  readonly arrives?: boolean;
}

const ROUND =
  "It goes round without waiting: {is an `await` missing, or |}is a connection read again " +
  "that has ended?";
const NOT_ACCEPTED = "The server does not come back to accept: what does it wait for?";
const NOT_READ =
  "Nobody reads from this connection: who is to, after each reply too, and what does " +
  "that one wait for?";
const NOT_WRITTEN =
  "Follow the request: does somebody take it, after each reply too? Is the business done, the " +
  "reply queued, and then written, before anything else is waited for?";
const HALF_WRITTEN = "A write may take fewer bytes than it was given: write the rest.";

/**
 * Which of the steps from the client's `send` to its reply was the last one, as the kernel shows it.
 *
 * @param port the server's.
 * @param client undefined: nothing is known of the connection.
 * @param spins whether the server uses the CPU all the time, instead of waiting.
 */
export function whereStuck(port: number, client: Owner | undefined, spins: boolean): Stuck {
  const { seen, hint, arrives }: Stuck = client === undefined
    ? { seen: "", hint: "" }
    : lastStep(port, client);
  const state = spins ? "the server uses the CPU all the time" : "the server waits";
  return { seen: seen === "" ? state : `${state}; ${seen}`, hint: spins ? ROUND : hint, arrives };
}

function lastStep(port: number, client: Owner): Stuck {
  const { server, client: own } = connectionEnds(port, client.port);
  if (server !== undefined && !server.open) {
    return { seen: "the connection is in the accept queue", hint: NOT_ACCEPTED };
  }
  const unread = server?.receiveQueue ?? 0;
  if (unread > 0) {
    return { seen: `${bytes(unread)} from the client lie unread in its socket`, hint: NOT_READ };
  }
  const sent = (server?.sendQueue ?? 0) + (own?.receiveQueue ?? 0);
  if (sent > 0) {
    const seen = `it has sent ${bytes(sent)}, and the client does not read them`;
    return { seen, hint: "", arrives: client.reads };
  }
  if (client.midReply) {
    return { seen: "it has sent a part of the reply, and not its end", hint: HALF_WRITTEN };
  }
  const since = client.came === 0 ? "" : ` since its ${client.came === 1 ? "reply" : "replies"}`;
  const seen = `it has read all that came${since}, and sent nothing for it`;
  return { seen, hint: NOT_WRITTEN };
}

function bytes(count: number): string {
  return `${count} byte${count === 1 ? "" : "s"}`;
}
