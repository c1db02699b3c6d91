/** The broken servers of lesson 4: those that do too little at once, or too late. */
import { firstConnectUs, startedThreads, threadsThat } from "../../lab/scenes/measures.ts";
import { type Act, answered } from "../../lab/scenes/scene.ts";
import type { Lanes } from "../../lab/lanes/lanes.ts";
import { before, type Fault, greeted, lookOf, overtook, requestOf, TWO_WORKERS } from "./fault.ts";
import { lesson4Queue } from "./lesson4_queue.ts";

/** One of two workers is busy when client 2 asks. */
const ONE_IS_BUSY: readonly Act[] = [
  ...greeted(1, 2),
  [1, "sends", "SLEEP 600"],
  [1, "is", "business"],
  [2, "sends", "PING"],
  ...answered([1, 2]),
];
const RIGHT = "One of two workers is busy with client 1, and client 2 is answered meanwhile.";

/** Whether client 2 was answered while client 1's request was in business. */
const beside = (lanes: Lanes) => lookOf(overtook(2, 2, 1, 2)(lanes));

/** Whether the pool was there before the first client. */
function poolBefore(lanes: Lanes): boolean | undefined {
  const threads = startedThreads(lanes);
  if (requestOf(lanes, 1).replyUs === undefined) return undefined;
  if (threads.some(({ fromUs }) => fromUs > firstConnectUs(lanes))) return false;
  return threads.length === 2 ? true : undefined;
}

/** The broken servers of lesson 4. */
export const lesson4: readonly Fault[] = [
  {
    file: "4_business_on_loop.ts",
    claim: "4.P1",
    sizes: TWO_WORKERS,
    acts: ONE_IS_BUSY,
    right: RIGHT,
    here: "Both workers wait; main does the business, and client 2's PING waits for client 1's.",
    look(lanes) {
      const threads = threadsThat(lanes, "doneBy");
      return threads.join() === "main" ? "fault" : beside(lanes) === "right" ? "right" : undefined;
    },
    place: "new WorkerPool(POOL_WORKER, options.workers ?? 4, context, () => {});",
  },
  {
    file: "4_on_demand.ts",
    claim: "4.P3",
    sizes: TWO_WORKERS,
    acts: greeted(1),
    right: "Both workers are up before client 1 connects.",
    here: "No worker is up when client 1 connects: its request waits for their start.",
    look: (lanes) => lookOf(poolBefore(lanes)),
    place: "pool ??= startPool(loop, options.workers);",
  },
  {
    file: "4_one_lock.ts",
    claim: "4.P1",
    sizes: TWO_WORKERS,
    acts: ONE_IS_BUSY,
    right: RIGHT,
    here: "Both workers are there; client 2's PING is queued until client 1's request is done.",
    look: beside,
    place: "return locked(lock, () => context.business.run(request, id));",
  },
  {
    file: "4_one_worker.ts",
    claim: "4.P1",
    sizes: TWO_WORKERS,
    acts: ONE_IS_BUSY,
    right: RIGHT,
    here: "There is one worker, and client 2's PING is queued until client 1's request is done.",
    look(lanes) {
      return startedThreads(lanes).length === 2 || beside(lanes) !== "right"
        ? beside(lanes)
        : undefined;
    },
    place: "serveModel4({ ...options, workers: 1 })",
  },
  {
    file: "4_waits_for_the_worker.ts",
    claim: "4.P2",
    sizes: TWO_WORKERS,
    acts: [
      ...greeted(1),
      [1, "sends", "SLEEP 800"],
      [1, "is", "business"],
      [2, "connects"],
      [2, "sends", "PING"],
      ...answered([1, 2]),
    ],
    right: "A worker is busy with client 1; client 2 comes meanwhile, and main reads its request.",
    here: "A worker is busy with client 1; client 2 comes meanwhile, and its request lies unread.",
    look: (lanes) => lookOf(before(requestOf(lanes, 2).noticedUs, requestOf(lanes, 1, 2).finishUs)),
    place: "connection.reply(await reply);",
  },
  {
    file: "4_whole_connections.ts",
    claim: "4.C1",
    sizes: TWO_WORKERS,
    acts: greeted(1, 2),
    right: "main reads both clients' requests.",
    here: "Each worker has a client of its own, and reads its requests itself.",
    look(lanes) {
      const readers = threadsThat(lanes, "readBy");
      if (requestOf(lanes, 2).replyUs === undefined) return undefined;
      return readers.join() === "main" ? "right" : readers.length === 2 ? "fault" : undefined;
    },
    place: "worker.serve(accepted).then(() => {",
  },
  ...lesson4Queue,
];
