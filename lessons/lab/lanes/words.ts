/** What a wait was for, in words. */
import type { ClientSpan, ClientState } from "./client_spans.ts";
import type { Reason } from "./reason.ts";
import type { Wait } from "./waits.ts";

/** Where a client is while it is in a state. */
export const STATE_WORDS: Readonly<Record<ClientState, string>> = {
  "connecting": "connecting",
  "accept-queue": "in the accept queue",
  "idle": "idle",
  "unread": "sent and unread",
  "half-read": "read in part",
  "queued": "read and queued",
  "business": "in business",
  "in-server": "in the server",
  "unwritten": "done and not written",
  "replying": "on the way back",
};

/** Shorter parts of a wait are left out of the words: they are the server's own time. */
const SHORTEST_US = 1000;

/** A duration as people read it: `0.4 ms`, `151 ms`, `3.02 s`. */
export function durationText(us: number): string {
  if (us < 9950) return `${(us / 1000).toFixed(1)} ms`;
  return us < 9_999_500 ? `${Math.round(us / 1000)} ms` : `${(us / 1e6).toFixed(1)} s`;
}

/** Where a client is: `in business on worker-1`. */
export function stateText({ state, thread }: ClientSpan): string {
  return STATE_WORDS[state] + (state === "business" && thread ? ` on ${thread}` : "");
}

/** One reason: `151 ms for #1 on worker-1`. */
export function reasonText(
  { kind, fromUs, toUs, client, thread }: Reason,
  waiting?: object,
): string {
  const time = durationText(toUs - fromUs);
  const on = thread === undefined ? "" : ` on ${thread}`;
  if (kind === "starts-thread") {
    const whose = client === waiting ? "its own thread" : `${client.name}'s thread`;
    return `${time} for the start of ${whose}`;
  }
  if (kind === "held") return `${time} for ${client.name}, which held ${thread}`;
  return kind === "after"
    ? `${time} until ${client.name} was done`
    : `${time} for ${client.name}${on}`;
}

/** A whole wait: `client 3 waited 301 ms, read and queued: 150 ms for client 1 on main, …`. */
export function waitText({ client, span, reasons }: Wait): string {
  const told = reasons.filter(({ fromUs, toUs }) => toUs - fromUs >= SHORTEST_US);
  const waited = `${client.name} ${span.open ? "has waited" : "waited"} ` +
    `${durationText(span.toUs - span.fromUs)}, ${STATE_WORDS[span.state]}`;
  if (told.length === 0) return waited;
  return `${waited}: ${told.map((reason) => reasonText(reason, client)).join(", then ")}`;
}

/** The same as a sentence of its own. */
export function waitSentence(wait: Wait): string {
  const text = waitText(wait);
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
