/** The broken servers of lesson 2. */
import { startedThreads, threadsThat } from "../../lab/scenes/measures.ts";
import { answered, connect, range, send } from "../../lab/scenes/scene.ts";
import type { Lanes } from "../../lab/lanes/lanes.ts";
import {
  before,
  droppedUs,
  type Fault,
  gotAll,
  greeted,
  laneOf,
  lookOf,
  overtook,
  requestOf,
  servedBeside,
  visit,
} from "./fault.ts";

/** Whether the thread of client 1 ended before the server did. */
function threadEnded(lanes: Lanes): boolean | undefined {
  const [thread, ...others] = startedThreads(lanes);
  if (thread === undefined || others.length > 0) return undefined;
  return laneOf(lanes, 1)?.closedUs === undefined ? undefined : thread.toUs < Infinity;
}

/** The broken servers of lesson 2. */
export const lesson2: readonly Fault[] = [
  {
    file: "2_business_on_main.ts",
    claim: "2.P2",
    acts: [...connect([1, 2, 3]), ...send([1, 2, 3], "SLEEP 50"), ...answered([1, 2, 3])],
    right: "Each client's business is on the thread that was started for it.",
    here: "A thread is started for each client, and main does the business of all of them.",
    look(lanes) {
      const threads = threadsThat(lanes, "doneBy");
      if (threads.length === 3 && !threads.includes("main")) return "right";
      return threads.join() === "main" ? "fault" : undefined;
    },
    place: "port1.postMessage(context.business.run(data, accepted.id));",
  },
  {
    file: "2_dies_of_sigpipe.c",
    claim: "2.R1",
    acts: [
      ...greeted(1),
      [2, "connects"],
      [2, "sends", "SLEEP 400"],
      ["pause", 200],
      [2, "sends", "PING"],
      [2, "closes"],
      ["pause", 700],
      [1, "sends", "PING"],
      [1, "is-answered"],
    ],
    right: "Client 2 leaves before it has its replies, and client 1 is served as before.",
    here: "Client 2 leaves before it has its replies, and the server ends: client 1 is cut off.",
    look(lanes) {
      if (requestOf(lanes, 1, 2).replyUs !== undefined) return "right";
      return lookOf(before(laneOf(lanes, 2)?.endedUs, droppedUs(lanes, 1)) ? false : undefined);
    },
    place: "#define SIG_IGN SIG_DFL",
  },
  {
    file: "2_leaks_threads.ts",
    claim: "2.C2",
    acts: [...visit(1), ["pause", 200]],
    right: "The thread of client 1 ends soon after client 1 has closed.",
    here: "Client 1 has closed, and its thread goes on.",
    look: (lanes) => lookOf(threadEnded(lanes)),
    place: "await new Promise(() => {});",
  },
  {
    file: "2_never_makes_room.ts",
    claim: "2.C2",
    sizes: { maxConnections: 3 },
    acts: range(1, 5).flatMap(visit),
    right: "Three may be there at once, and each of five that come one after the other is served.",
    here: "Three may be there at once; two more, which come when those have gone, are refused.",
    look(lanes) {
      const { reply = "" } = requestOf(lanes, 5);
      return reply === "PONG" ? "right" : /max number/.test(reply) ? "fault" : undefined;
    },
    place: "threadFor(accepted, context);",
  },
  {
    file: "2_one_lock.ts",
    claim: "2.P1",
    acts: [
      ...greeted(1, 2),
      [1, "sends", "SLEEP 600"],
      [1, "is", "business"],
      [2, "sends", "PING"],
      ...answered([1, 2]),
    ],
    right: "Client 2's PING is answered while client 1's request is still in business.",
    here: "Client 2's thread has the PING, and does nothing until client 1's request is done.",
    look: (lanes) => lookOf(overtook(2, 2, 1, 2)(lanes)),
    place: "locked(lock, () => context.business.run(request, id))",
  },
  {
    file: "2_one_request_per_read.c",
    claim: "2.R1",
    acts: [...greeted(1), [1, "sends", "ECHO a\r\nECHO b"], [1, "is-answered"]],
    right: "Client 1 sends two requests in one packet, and gets both replies.",
    here: "Client 1 sends two requests in one packet, and gets the first reply only.",
    look: (lanes) => lookOf(gotAll(lanes, 1, 3)),
    place: "#define answer_all answer_one",
  },
  {
    file: "2_thread_cache.ts",
    claim: "2.C3",
    acts: [1, 2, 3].flatMap(visit),
    right: "Three short connections, and a new thread for each.",
    here: "Three short connections, and the thread of the first serves the others too.",
    look(lanes) {
      if (requestOf(lanes, 3).replyUs === undefined) return undefined;
      return lookOf(threadsThat(lanes, "doneBy").length === 3);
    },
    place: "thread.serve(accepted).then(() => idle.push(thread));",
  },
  {
    file: "2_two_share_a_thread.ts",
    claim: "2.C1",
    acts: greeted(...range(1, 4)),
    right: "Four clients, and four threads for them.",
    here: "Four clients, and two threads: clients 1 and 2 share one, 3 and 4 the other.",
    look(lanes) {
      const threads = threadsThat(lanes, "doneBy").length;
      if (requestOf(lanes, 4).replyUs === undefined) return undefined;
      return threads === 4 ? "right" : threads === 2 ? "fault" : undefined;
    },
    place: 'roomy.post({ kind: "gift", id: accepted.id, message } satisfies Gift);',
  },
  {
    file: "2_waits_for_the_thread.ts",
    claim: "2.P3",
    acts: [
      ...greeted(1),
      [2, "connects"],
      [2, "sends", "PING"],
      ["pause", 800],
      [1, "closes"],
      [2, "is-answered"],
    ],
    right: "Client 1 says nothing more, and client 2 is served beside it, by a thread of its own.",
    here: "Client 1 says nothing more, and client 2 lies in the accept queue until 1 has gone.",
    look: (lanes) => lookOf(servedBeside(lanes, 2, 1)),
    place: "threadFor(accepted, context).exited",
  },
];
