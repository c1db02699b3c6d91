/** The broken servers of lesson 5. */
import { firstConnectUs, startedThreads, threadsThat } from "../../lab/scenes/measures.ts";
import { range } from "../../lab/scenes/scene.ts";
import type { Lanes } from "../../lab/lanes/lanes.ts";
import { before, type Fault, greeted, laneOf, type Look, lookOf, requestOf } from "./fault.ts";

const TWO_THREADS = { threads: 2 };

/** How many threads did something, when all of so many clients were served once. */
function threadsOf(
  lanes: Lanes,
  clients: number,
  did: "readBy" | "doneBy",
  expected: { right: number; fault: number },
): Look {
  const threads = threadsThat(lanes, did).length;
  if (range(1, clients).some((one) => requestOf(lanes, one).replyUs === undefined)) {
    return undefined;
  }
  return threads === expected.right ? "right" : threads === expected.fault ? "fault" : undefined;
}

/** The broken servers of lesson 5. */
export const lesson5: readonly Fault[] = [
  {
    file: "5_all_to_one.ts",
    claim: "5.C1",
    sizes: TWO_THREADS,
    acts: greeted(...range(1, 4)),
    right: "Two threads, and each has two of the four clients.",
    here: "Two threads; one has all four clients, and the other waits.",
    look: (lanes) => threadsOf(lanes, 4, "doneBy", { right: 2, fault: 1 }),
    place: "give(first, accepted)",
  },
  {
    file: "5_business_on_main.ts",
    claim: "5.P2",
    sizes: TWO_THREADS,
    acts: greeted(...range(1, 4)),
    right: "Both I/O threads do the business of their own clients.",
    here: "The I/O threads read and write, and main does the business of all clients.",
    look(lanes) {
      if (requestOf(lanes, 4).replyUs === undefined) return undefined;
      return lookOf(!threadsThat(lanes, "doneBy").includes("main"));
    },
    place: "const reply = context.business.run(request, id);",
  },
  {
    file: "5_last_one_idle.ts",
    claim: "5.P1",
    sizes: { threads: 3 },
    acts: greeted(...range(1, 6)),
    right: "Three threads, and each reads from two of the six clients.",
    here: "Three threads; two read from the six clients, and the third never gets one.",
    look: (lanes) => threadsOf(lanes, 6, "readBy", { right: 3, fault: 2 }),
    place: "accepted.id % (threads.length - 1)",
  },
  {
    file: "5_on_demand.ts",
    claim: "5.P3",
    sizes: TWO_THREADS,
    acts: greeted(1, 2),
    right: "Both threads are up before client 1 connects.",
    here: "No thread is up when client 1 connects: each client waits for the start of one.",
    look(lanes) {
      const threads = startedThreads(lanes);
      if (requestOf(lanes, 2).replyUs === undefined) return undefined;
      if (threads.some(({ fromUs }) => fromUs > firstConnectUs(lanes))) return "fault";
      return threads.length === 2 ? "right" : undefined;
    },
    place: "threads[at] ??= ioThread(at + 1, context)",
  },
  {
    file: "5_thread_for_each.ts",
    claim: "5.C2",
    sizes: TWO_THREADS,
    acts: greeted(...range(1, 4)),
    right: "Four clients share the two threads that were there before.",
    here: "Four clients, and four threads: clients 3 and 4 got new ones.",
    look: (lanes) => threadsOf(lanes, 4, "doneBy", { right: 2, fault: 4 }),
    place: "free.pop() ?? ioThread(accepted.id, context)",
  },
  {
    file: "5_waits_for_the_thread.ts",
    claim: "5.C1",
    sizes: TWO_THREADS,
    acts: [
      ...greeted(1, 2),
      [1, "sends", "SLEEP 1000"],
      [1, "is", "business"],
      [3, "connects"],
      [4, "connects"],
      ["pause", 200],
      [1, "is-answered"],
      [4, "is", "idle"],
    ],
    right: "One thread is busy with client 1, and main accepts clients 3 and 4 meanwhile.",
    here: "One thread is busy with client 1, and main accepts nobody else until it is free.",
    look: (lanes) => lookOf(before(laneOf(lanes, 4)?.acceptedUs, requestOf(lanes, 1, 2).finishUs)),
    place: "while (Atomics.load(message.claim, 0) === 0) state.sleep(5);",
  },
];
