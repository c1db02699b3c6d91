/** Predictions of lesson 7, a temporary thread for each event. */
import type { Lanes } from "../../lab/lanes/lanes.ts";
import { businessAtOnce, startedThreads } from "../../lab/scenes/measures.ts";
import { firstConnectUs } from "../../lab/scenes/measures.ts";
import { eightAtOnce, lastReplyMs, type Prediction, replyMs, sceneOf } from "../prediction.ts";

/** How many threads were started since the first client came. */
function startedSince(lanes: Lanes): number {
  const firstUs = firstConnectUs(lanes);
  return startedThreads(lanes).filter(({ fromUs }) => fromUs > firstUs).length;
}

/** The predictions of lesson 7. */
export const lesson7: readonly Prediction[] = [
  {
    id: "last-of-eight",
    asks:
      "Two threads watch. Eight clients ask at the same moment, each for 150 ms; in lesson 5, " +
      "with two threads, that took 600 ms. How long here?",
    first: true,
    here: "After how many ms has the last one its reply?",
    scene: eightAtOnce("7.P1", { threads: 2 }),
    unit: "ms",
    measure: lastReplyMs,
    must: { atLeast: 150 },
    why: "All eight are in business at once, each on a thread of its own. What adds up is the " +
      "start of eight threads, which the main thread starts one after the other.",
  },
  {
    id: "ping",
    asks:
      "And one client sends `PING`, to which the answer needs no work at all: how long does it " +
      "take, and how much of that is the `PING`?",
    first: true,
    here: "How many ms until the reply?",
    scene: sceneOf("7.C1"),
    unit: "ms",
    measure: replyMs(1),
    must: { atLeast: 0 },
    why: "Nearly all of it is the start of a thread, made for this one event. The PING itself is " +
      "business of far less than a millisecond.",
  },
  {
    id: "threads-of-three",
    asks:
      "One client sends PING three times, and each time waits for the reply. How many threads " +
      "are started for it?",
    scene: sceneOf("7.C1"),
    unit: "threads",
    measure: startedSince,
    must: { exactly: 3 },
    why: "A thread for each event, not for each client: it ends with the event.",
  },
  {
    id: "at-once",
    asks: "Two threads watch. Four clients send SLEEP 300. How many requests are in business at " +
      "once?",
    scene: sceneOf("7.P1"),
    unit: "requests",
    measure: businessAtOnce,
    must: { exactly: 4 },
    why: "Who watches does no business: each event has a thread of its own.",
  },
  {
    id: "threads-of-silent",
    asks: "Five clients connect and say nothing. How many threads are started for them?",
    scene: sceneOf("7.P2"),
    unit: "threads",
    measure: startedSince,
    must: { exactly: 0 },
    why: "Nothing has happened on their connections, so there is no event to start a thread for.",
  },
];
