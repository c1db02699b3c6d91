/** Predictions of lesson 3, one thread and one event loop for many connections. */
import {
  eightAtOnce,
  lastReplyMs,
  type Prediction,
  queuedAtOnce,
  sceneOf,
  threadsBesidesMain,
} from "../prediction.ts";

/** The predictions of lesson 3. */
export const lesson3: readonly Prediction[] = [
  {
    id: "last-of-eight",
    asks: "Eight clients ask at the same moment, each for 150 ms. Lesson 1 took about 1200 ms " +
      "for them, lesson 2 about 500. And this one thread, with its event loop?",
    first: true,
    here: "After how many ms has the last one its reply?",
    scene: eightAtOnce("3.C2"),
    unit: "ms",
    measure: lastReplyMs,
    must: { atLeast: 1200 },
    why: "The loop watches all eight at once, but it does their business one after the other, on " +
      "one thread: eight times 150 ms. Waiting is shared, work is not.",
  },
  {
    id: "threads-of-idle",
    asks: "And how many threads do twenty idle clients cost?",
    first: true,
    here: "Here there are six, and each asks once. How many threads besides main?",
    scene: sceneOf("3.P2"),
    unit: "threads",
    measure: threadsBesidesMain,
    must: { exactly: 0 },
    why: "One wait is for all sockets. A client more is a row more in what it watches.",
  },
  {
    id: "in-the-queue",
    asks: "The thread is busy with a request of client 1, for 300 ms. Meanwhile five clients " +
      "connect. How many are in the accept queue at once?",
    scene: sceneOf("3.C3"),
    unit: "clients",
    measure: queuedAtOnce,
    must: { exactly: 5 },
    why: "While business runs, the loop does not come back to its wait, where it would accept. " +
      "The connects succeed all the same: that is the kernel's work.",
  },
];
