/** The broken servers of lesson 3. */
import { startedThreads } from "../../lab/scenes/measures.ts";
import { type Act, answered, range } from "../../lab/scenes/scene.ts";
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
} from "./fault.ts";

/** Client 2 comes, asks, and is looked at for a while, before client 1 leaves. */
const BESIDE_IT: readonly Act[] = [
  [2, "connects"],
  [2, "sends", "PING"],
  ["pause", 400],
  [1, "closes"],
  [2, "is-answered"],
];
/** The broken servers of lesson 3. */
export const lesson3: readonly Fault[] = [
  {
    file: "3_dies_of_a_reset.ts",
    claim: "3.R1",
    acts: [
      ...greeted(1),
      [2, "resets"],
      ["pause", 300],
      [1, "sends", "PING"],
      [1, "is-answered"],
    ],
    right: "Client 2 resets its connection, and client 1 is served as before.",
    here: "Client 2 resets its connection, and the server ends: client 1 is cut off.",
    look(lanes) {
      if (requestOf(lanes, 1, 2).replyUs !== undefined) return "right";
      const isServed = requestOf(lanes, 1).replyUs !== undefined;
      return isServed && droppedUs(lanes, 1) !== undefined ? "fault" : undefined;
    },
    place: "reading.then(() => {});",
  },
  {
    file: "3_forgets_to_read_on.ts",
    claim: "3.R1",
    acts: [...greeted(1), [1, "sends", "PING"], [1, "is-answered"]],
    right: "Client 1 gets a reply to its second request, as to its first.",
    here: "Client 1's first request is answered; the second lies unread, and main waits.",
    look: (lanes) => lookOf(gotAll(lanes, 1, 2)),
    place: "if (connection.ended) selector.close(connection);",
  },
  {
    file: "3_one_worker.ts",
    claim: "3.C3",
    acts: [
      ...greeted(1),
      [1, "sends", "SLEEP 600"],
      [1, "is", "business"],
      [2, "connects"],
      ["pause", 200],
      [1, "is-answered"],
      [2, "is", "idle"],
    ],
    right: "Client 2 lies in the accept queue until main is done with client 1's request.",
    here: "Client 2 is accepted at once: client 1's request is in business on another thread.",
    look: (lanes) => lookOf(before(requestOf(lanes, 1, 2).finishUs, laneOf(lanes, 2)?.acceptedUs)),
    place: "serveModel4({ ...options, workers: 1 })",
  },
  {
    file: "3_reads_whole_requests.ts",
    claim: "3.P1",
    acts: [[1, "connects"], [1, "sends-part", "PIN"], [1, "is", "half-read"], ...BESIDE_IT],
    right: "Client 1 has sent half a request, and client 2 is served beside it.",
    here: "Client 1 has sent half a request, and client 2 is not accepted until 1 has gone.",
    look: (lanes) => lookOf(servedBeside(lanes, 2, 1)),
    place: "while (request === undefined && await connection.read())",
  },
  {
    file: "3_sleeps_on_a_timer.ts",
    claim: "3.C1",
    acts: [
      ...greeted(1, 2),
      [1, "sends", "SLEEP 600"],
      ["pause", 100],
      [2, "sends", "PING"],
      ...answered([1, 2]),
    ],
    right: "Client 2's PING is answered after client 1's SLEEP, for which it waits.",
    here: "Client 2's PING is answered at once, though client 1's SLEEP is under way.",
    look(lanes) {
      const early = overtook(2, 2, 1, 2)(lanes);
      return lookOf(early === undefined ? undefined : !early);
    },
    place: "setTimeout(() => selector.post({ connection, reply }), ms);",
  },
  {
    file: "3_thread_for_each.ts",
    claim: "3.P2",
    acts: greeted(...range(1, 3)),
    right: "Three clients, and one lane of a thread, main.",
    here: "Three clients, and each has a thread that reads and writes for it.",
    look(lanes) {
      const threads = startedThreads(lanes).length;
      if (requestOf(lanes, 3).replyUs === undefined) return undefined;
      return threads === 0 ? "right" : threads === 3 ? "fault" : undefined;
    },
    place: 'from "./2_business_on_main.ts"',
  },
  {
    file: "3_waits_for_each_write.ts",
    claim: "3.P1",
    acts: [[1, "connects-deaf"], [1, "floods"], ["pause", 300], ...BESIDE_IT],
    right: "Client 1 reads none of its replies, and client 2 is served beside it.",
    here: "Client 1 reads none of its replies, and client 2 waits until 1 has gone.",
    look: (lanes) => lookOf(servedBeside(lanes, 2, 1)),
    place: "await connection.write();",
  },
  {
    file: "3_watches_the_ended.ts",
    claim: "3.R1",
    acts: [...greeted(1), [1, "half-closes"], ...greeted(2), ["pause", 300]],
    right: "Client 1 has sent its last, and the server closes its connection.",
    here: "Client 1 has sent its last, and its connection stays open: nobody closes it.",
    look(lanes) {
      if (requestOf(lanes, 2).replyUs === undefined) return undefined;
      return lookOf(droppedUs(lanes, 1) !== undefined);
    },
    place: "setTimeout(() => selector.read(connection), PAUSE_MS)",
  },
];
