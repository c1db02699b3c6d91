/** Predictions of lesson 6, processes that compete for one listening socket. */
import type { Lanes } from "../../lab/lanes/lanes.ts";
import { clientSpans } from "../../lab/lanes/client_spans.ts";
import { type Prediction, sceneOf, threadsBesidesMain } from "../prediction.ts";

/** How many of the later clients had their reply only when client 1's business was done. */
function heldUpByFirst(lanes: Lanes): number | undefined {
  const [busy, ...others] = lanes.clients;
  const doneUs = busy?.requests[0]?.finishUs;
  if (doneUs === undefined) return undefined;
  return others.filter(({ requests: [first] }) => (first?.replyUs ?? Infinity) > doneUs).length;
}

/** How long client 3 was in the accept queue. */
function queuedMs(lanes: Lanes): number | undefined {
  const client = lanes.clients.find(({ number }) => number === 3);
  if (client === undefined) return undefined;
  const us = clientSpans(client, lanes.nowUs).filter(({ state }) => state === "accept-queue")
    .reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, 0);
  return Math.round(us / 1000);
}

/** The predictions of lesson 6. */
export const lesson6: readonly Prediction[] = [
  {
    id: "held-up",
    asks: "Two processes. One client's request takes 10 s; meanwhile four more clients connect " +
      "and send `PING`. In lesson 5, with two threads, two of the four had to wait. How many here?",
    first: true,
    here: "Here it takes 400 ms, and five more come.",
    scene: sceneOf("6.P4"),
    unit: "clients",
    measure: heldUpByFirst,
    must: { exactly: 0 },
    why:
      "The busy process is not at its wait, so it accepts nobody. Every new client is accepted " +
      "by the other process, which has time.",
  },
  {
    id: "both-busy",
    asks: "Two processes, two clients. One process has just begun with SLEEP 400 for client 1; a " +
      "moment later the other begins with SLEEP 300 for client 2. At once client 3 connects and " +
      "sends PING. For how many ms is client 3 in the accept queue?",
    scene: sceneOf("6.C2"),
    unit: "ms",
    measure: queuedMs,
    must: { atLeast: 0 },
    why: "Until the first of the two is done: nobody is at accept before that. The kernel has " +
      "completed the connect, so the client notices nothing but a late reply.",
  },
  {
    id: "processes-of-five",
    asks: "There are two processes. Five clients connect, and each asks once. How many processes " +
      "are there besides main?",
    scene: sceneOf("6.P3"),
    unit: "processes",
    measure: threadsBesidesMain,
    must: { exactly: 2 },
    why: "They are started beforehand. A client costs a connection in one of them, and no process.",
  },
];
