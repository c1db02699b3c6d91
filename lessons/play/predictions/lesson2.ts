/** Predictions of lesson 2, a new thread for each connection. */
import { businessAtOnce } from "../../lab/scenes/measures.ts";
import {
  eightAtOnce,
  lastReplyMs,
  type Prediction,
  sceneOf,
  threadsBesidesMain,
} from "../prediction.ts";

/** The predictions of lesson 2. */
export const lesson2: readonly Prediction[] = [
  {
    id: "last-of-eight",
    asks: "Eight clients ask at the same moment, each for 150 ms of a thread's time. Each has a " +
      "thread of its own. After how many ms does the last one have its reply? It is not 150.",
    first: true,
    scene: eightAtOnce("2.P1"),
    unit: "ms",
    measure: lastReplyMs,
    must: { atLeast: 150 },
    why: "The eight sleeps overlap. What adds up is the start of eight threads, which the main " +
      "thread starts one after the other; the last one has waited for all of them.",
  },
  {
    id: "threads-of-six",
    asks: "Six clients connect, each sends WHO, and all six stay connected. How many threads are " +
      "there then besides main?",
    scene: sceneOf("2.C1"),
    unit: "threads",
    measure: threadsBesidesMain,
    must: { exactly: 6 },
    why: "Each connection gets a thread when it is accepted, and keeps it until it closes, " +
      "whether it asks for anything or not.",
  },
  {
    id: "at-once",
    asks: "Four clients are connected and their threads are up. All four send SLEEP 150. How " +
      "many requests are in business at once?",
    scene: sceneOf("2.P1"),
    unit: "requests",
    measure: businessAtOnce,
    must: { exactly: 4 },
    why: "Each request runs on its own client's thread, and who sleeps needs no core.",
  },
];
