/** Predictions of lesson 5, several threads with an event loop each. */
import type { Lanes } from "../../lab/lanes/lanes.ts";
import { businessAtOnce, requests } from "../../lab/scenes/measures.ts";
import { eightAtOnce, lastReplyMs, type Prediction, sceneOf } from "../prediction.ts";
import { threadsBesidesMain } from "../prediction.ts";

/** How many clients were served only when client 1's second request was done. */
function heldUpByFirst(lanes: Lanes): number | undefined {
  const second = requests(lanes).filter(({ number }) => number === 2);
  const doneUs = second.find(({ client }) => client.number === 1)?.finishUs;
  if (doneUs === undefined) return undefined;
  return second.filter(({ startUs = 0 }) => startUs >= doneUs).length;
}

/** The predictions of lesson 5. */
export const lesson5: readonly Prediction[] = [
  {
    id: "last-of-eight",
    asks: "Eight clients ask at the same moment, each for 150 ms; there are four threads. After " +
      "how many ms does the last one have its reply?",
    first: true,
    scene: eightAtOnce("5.P2", { threads: 4 }),
    unit: "ms",
    measure: lastReplyMs,
    must: { atLeast: 300 },
    why: "Each thread has two of the eight, and does one after the other: two times 150 ms.",
  },
  {
    id: "held-up",
    asks: "And with two threads: one client's request takes 10 s; meanwhile four more clients " +
      "connect and send `PING`. How many of the four have to wait?",
    first: true,
    here: "Here three others are connected already, and client 1 sleeps for 300 ms. How many of " +
      "the three wait?",
    scene: sceneOf("5.C1"),
    unit: "clients",
    measure: heldUpByFirst,
    must: { exactly: 1 },
    why:
      "Four clients on two threads are two on each. Who shares the busy thread waits, whatever " +
      "the other thread has to do; of the four in the lesson it is two.",
  },
  {
    id: "at-once",
    asks: "There are two threads. Four clients send SLEEP 150. How many requests are in business " +
      "at once?",
    scene: sceneOf("5.P2"),
    unit: "requests",
    measure: businessAtOnce,
    must: { exactly: 2 },
    why: "Each thread is lesson 3: it has one request in business at a time.",
  },
  {
    id: "threads-of-five",
    asks: "There are two threads. Five clients connect, and each asks once. How many threads are " +
      "there besides main?",
    scene: sceneOf("5.P3"),
    unit: "threads",
    measure: threadsBesidesMain,
    must: { exactly: 2 },
    why:
      "They are started before the first client comes, and a connection is given to one of them.",
  },
];
