/** Predictions of lesson 4, an event loop and a pool of workers. */
import { businessAtOnce } from "../../lab/scenes/measures.ts";
import {
  eightAtOnce,
  lastReplyMs,
  type Prediction,
  replyMs,
  sceneOf,
  threadsBesidesMain,
} from "../prediction.ts";

/** The predictions of lesson 4. */
export const lesson4: readonly Prediction[] = [
  {
    id: "last-of-eight",
    asks: "Eight clients ask at the same moment, each for 150 ms; there are four workers. After " +
      "how many ms does the last one have its reply?",
    first: true,
    scene: eightAtOnce("4.P1", { workers: 4 }),
    unit: "ms",
    measure: lastReplyMs,
    must: { atLeast: 300 },
    why: "Four are in business at once, then the other four: two rounds of 150 ms are 300 ms.",
  },
  {
    id: "behind-the-busy",
    asks:
      "And while four clients have all workers asleep for 10 s, how long does a fifth client's " +
      "`PING` take, which needs no time at all?",
    first: true,
    here: "Here there are two workers, asleep for 300 and for 400 ms. How many ms?",
    scene: sceneOf("4.C3"),
    unit: "ms",
    measure: replyMs(3),
    must: { atLeast: 0 },
    why: "PING is business too: it is read at once, and then waits in the job queue until the " +
      "first worker is free, though the main thread has nothing to do.",
  },
  {
    id: "at-once",
    asks:
      "There are three workers. Six clients send SLEEP 150. How many requests are in business " +
      "at once?",
    scene: sceneOf("4.P1"),
    unit: "requests",
    measure: businessAtOnce,
    must: { exactly: 3 },
    why: "The business is done by the workers only, and each does one request at a time.",
  },
  {
    id: "threads-of-five",
    asks: "There are three workers. Five clients connect, and each asks once. How many threads " +
      "are there besides main?",
    scene: sceneOf("4.P3"),
    unit: "threads",
    measure: threadsBesidesMain,
    must: { exactly: 3 },
    why: "The pool is started before the first client comes, and no client starts a thread.",
  },
];
