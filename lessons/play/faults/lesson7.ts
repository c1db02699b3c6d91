/** The broken servers of lesson 7. */
import { firstConnectUs, startedThreads, threadsThat } from "../../lab/scenes/measures.ts";
import { type Act, answered, range, send } from "../../lab/scenes/scene.ts";
import type { Lanes } from "../../lab/lanes/lanes.ts";
import { before, type Fault, greeted, laneOf, lookOf, requestOf } from "./fault.ts";

const TWO_WATCH = { threads: 2 };

/** So many clients have a long request in business, and then one more asks. */
function oneMoreThan(count: number): Act[] {
  const busy = range(1, count);
  return [
    ...greeted(...busy, count + 1),
    ...send(busy, "SLEEP 2500"),
    ...busy.map((client): Act => [client, "is", "business"]),
    [count + 1, "sends", "PING"],
    ...answered(range(1, count + 1)),
  ];
}

/** Whether that one was answered before any of the others was done. */
function besideAll(lanes: Lanes, count: number): boolean | undefined {
  const done = range(1, count).map((client) => requestOf(lanes, client, 2).finishUs);
  if (done.includes(undefined)) return undefined;
  return before(requestOf(lanes, count + 1, 2).replyUs, Math.min(...done.map(Number)));
}

/** The broken servers of lesson 7. */
export const lesson7: readonly Fault[] = [
  {
    file: "7_forgets_half_requests.ts",
    claim: "7.R1",
    sizes: TWO_WATCH,
    acts: [
      ...greeted(1),
      [1, "sends-part", "ECHO he"],
      [1, "is", "half-read"],
      ["pause", 300],
      [1, "sends", "llo"],
      [1, "is-answered"],
    ],
    right: "A request that client 1 sends in two packets, ECHO he and llo, is answered: hello.",
    here: "Of a request in two packets, ECHO he and llo, the first is lost: llo is no command.",
    look(lanes) {
      const { reply } = requestOf(lanes, 1, 2);
      return reply === undefined ? undefined : lookOf(reply === "hello");
    },
    place: "loan.rest.slice(-1)",
  },
  {
    file: "7_four_at_most.ts",
    claim: "7.C2",
    sizes: TWO_WATCH,
    acts: oneMoreThan(4),
    right: "Four requests are in business, and a fifth gets a thread beside them.",
    here: "Four requests are in business, and a fifth is queued until one of them is done.",
    look: (lanes) => lookOf(besideAll(lanes, 4)),
    place: "serveModel7({ ...options, maxEventThreads: 4 })",
  },
  {
    file: "7_keeps_its_threads.ts",
    claim: "7.C1",
    sizes: TWO_WATCH,
    acts: [
      ...greeted(1),
      ...range(2, 3).flatMap((): Act[] => [
        ["pause", 100],
        [1, "sends", "PING"],
        [1, "is-answered"],
      ]),
    ],
    right: "Three requests of client 1, and a new thread for each.",
    here: "Three requests of client 1, and the thread of the first does the others too.",
    look(lanes) {
      if (requestOf(lanes, 1, 3).replyUs === undefined) return undefined;
      const threads = threadsThat(lanes, "doneBy").length;
      return threads === 3 ? "right" : threads === 1 ? "fault" : undefined;
    },
    place: "idle.push(thread);",
  },
  {
    file: "7_stays_with_its_client.ts",
    claim: "7.P2",
    sizes: TWO_WATCH,
    acts: [...greeted(1), ["pause", 400], [1, "closes"]],
    right: "Client 1's request is done, its thread has ended, and client 1 is idle at no cost.",
    here: "Client 1's request is done, and its thread stays with it until client 1 leaves.",
    look(lanes) {
      const firstUs = firstConnectUs(lanes);
      const threads = startedThreads(lanes).filter(({ fromUs }) => fromUs > firstUs);
      if (threads.length !== 1) return undefined;
      return lookOf(before(threads[0].toUs, laneOf(lanes, 1)?.endedUs));
    },
    place: "eventThreadMain(import.meta, serveWhole);",
  },
  {
    file: "7_waits_for_the_thread.ts",
    claim: "7.P1",
    sizes: TWO_WATCH,
    acts: oneMoreThan(2),
    right:
      "Two threads watch, two requests are in business, and a third gets a thread beside them.",
    here: "Two threads watch, two requests are in business, and a third waits for one to be done.",
    look: (lanes) => lookOf(besideAll(lanes, 2)),
    place: "new EventThreads(import.meta.url, 1, context)",
  },
];
