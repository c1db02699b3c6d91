/** Predictions of lesson 1, one thread that accepts and serves. */
import { eightAtOnce, lastReplyMs, type Prediction, queuedAtOnce, replyMs } from "../prediction.ts";
import { sceneOf } from "../prediction.ts";

/** The predictions of lesson 1. */
export const lesson1: readonly Prediction[] = [
  {
    id: "last-of-eight",
    asks: "Eight clients connect and ask at the same moment; each wants 150 ms of the server's " +
      "time. After how many ms does the last one have its reply?",
    first: true,
    scene: eightAtOnce("1.P1"),
    unit: "ms",
    measure: lastReplyMs,
    must: { atLeast: 1200 },
    why: "One client is served from accept to close, then the next one: eight times 150 ms add " +
      "up, and that is 1200 ms.",
  },
  {
    id: "behind-a-silent-one",
    asks: "And when one client connects and says nothing at all, how long does the next one wait?",
    first: true,
    here: "Here the silent one leaves 400 ms after the other has sent PING. How many ms?",
    scene: sceneOf("1.C1"),
    unit: "ms",
    measure: replyMs(2),
    must: { atLeast: 380 },
    why: "As long as the silent one stays: the main thread waits in read, for bytes that never " +
      "come, and accepts nobody before that client has left.",
  },
  {
    id: "in-the-queue",
    asks: "One client is connected and says nothing. Five more connect. How many clients are in " +
      "the accept queue?",
    scene: sceneOf("1.C2"),
    unit: "clients",
    measure: queuedAtOnce,
    must: { exactly: 5 },
    why: "The kernel completes all five connects, and the server is not back at accept. So all " +
      "five wait, connected and unheard.",
  },
];
