/** The broken servers of lesson 1. */
import { startedThreads } from "../../lab/scenes/measures.ts";
import type { Act } from "../../lab/scenes/scene.ts";
import {
  before,
  closedAfterQuit,
  droppedUs,
  type Fault,
  greeted,
  laneOf,
  lookOf,
  requestOf,
  servedBeside,
  visit,
} from "./fault.ts";

/** Client 1 is served and stays; client 2 comes, asks, and is looked at for a while. */
const BESIDE_A_SILENT_ONE: readonly Act[] = [
  ...greeted(1),
  [2, "connects"],
  [2, "sends", "PING"],
  ["pause", 300],
  [1, "closes"],
  [2, "is-answered"],
];

/** The broken servers of lesson 1. */
export const lesson1: readonly Fault[] = [
  {
    file: "1_accepts_ahead.ts",
    claim: "1.C2",
    acts: BESIDE_A_SILENT_ONE,
    right: "Client 2 lies in the accept queue until client 1 has gone.",
    here:
      "Client 2 is accepted at once, and waits with its request unread: the accept queue is empty.",
    look: (lanes) => lookOf(before(laneOf(lanes, 1)?.endedUs, laneOf(lanes, 2)?.acceptedUs)),
    place: "waiting.shift()",
  },
  {
    file: "1_forgets_to_wait.ts",
    claim: "1.C1",
    acts: BESIDE_A_SILENT_ONE,
    right: "Client 2 gets its reply when client 1 has gone, and not before.",
    here: "Client 2 gets its reply while client 1 is still connected.",
    look(lanes) {
      const beside = servedBeside(lanes, 2, 1);
      return lookOf(beside === undefined ? undefined : !beside);
    },
    place: "serveWhole(connection, server.context);",
  },
  {
    file: "1_never_closes.ts",
    claim: "1.R1",
    acts: [...greeted(1), [1, "sends", "QUIT"], [1, "is-answered"], ...greeted(2), ["pause", 200]],
    right: "After QUIT and its reply the server closes client 1's connection.",
    here: "Client 1 has the reply to QUIT and stays connected; nobody serves it any more.",
    look: closedAfterQuit,
    place: "await connection.write();\n      }",
  },
  {
    file: "1_newest_first.ts",
    claim: "1.P1",
    acts: [
      ...greeted(1),
      [2, "connects"],
      [2, "sends", "SLEEP 50\r\nQUIT"],
      [3, "connects"],
      [3, "sends", "SLEEP 50\r\nQUIT"],
      ["pause", 200],
      [1, "closes"],
      [2, "is-answered"],
      [3, "is-answered"],
    ],
    right: "Clients 2 and 3 wait for client 1, and then 2 is served before 3.",
    here: "Clients 2 and 3 wait for client 1, and then 3, which came last, is served first.",
    look: (lanes) => lookOf(before(requestOf(lanes, 2).replyUs, requestOf(lanes, 3).replyUs)),
    place: "waiting.pop()",
  },
  {
    file: "1_one_request.ts",
    claim: "1.P1",
    acts: [...greeted(1), ["pause", 100], [1, "sends", "PING"], [1, "is-answered"]],
    right: "Client 1 gets both replies, on one connection.",
    here: "The server closes client 1's connection after the first reply.",
    look(lanes) {
      if (requestOf(lanes, 1, 2).replyUs !== undefined) return "right";
      const isServed = requestOf(lanes, 1).replyUs !== undefined;
      return isServed && droppedUs(lanes, 1) !== undefined ? "fault" : undefined;
    },
    place: "while (request === undefined && await connection.read())",
  },
  {
    file: "1_thread_for_each.ts",
    claim: "1.P2",
    acts: [1, 2, 3].flatMap(visit),
    right: "There is one lane of a thread, main, and it works for everybody.",
    here: "Each client brings a thread of its own, one after the other, and main works for nobody.",
    look(lanes) {
      const threads = startedThreads(lanes).length;
      if (requestOf(lanes, 3).replyUs === undefined) return undefined;
      return threads === 0 ? "right" : threads === 3 ? "fault" : undefined;
    },
    place: "threadFor(accepted, context).exited",
  },
  {
    file: "1_turns_away.ts",
    claim: "1.C3",
    acts: [
      [1, "connects-deaf"],
      [1, "floods"],
      ["pause", 200],
      [2, "connects"],
      [2, "sends", "PING"],
      ["pause", 300],
      [1, "closes"],
      [2, "is-answered"],
    ],
    right:
      "Client 1 does not read, and client 2 waits in the accept queue until client 1 has gone.",
    here: "Client 1 does not read, and the server closes client 2's connection without a reply.",
    look(lanes) {
      const dropped = before(droppedUs(lanes, 2), laneOf(lanes, 1)?.endedUs);
      if (dropped) return "fault";
      return servedBeside(lanes, 2, 1) === false ? "right" : undefined;
    },
    place: "if (busy) return connection.closeNow();",
  },
];
