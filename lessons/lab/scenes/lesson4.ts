/** Scenes of lesson 4, an event loop and a pool of workers. */
import { waitSentence } from "../lanes/words.ts";
import {
  businessAtOnce,
  firstConnectUs,
  longestWait,
  requests,
  startedThreads,
  threadsThat,
} from "./measures.ts";
import { answered, connect, range, type Scene, send } from "./scene.ts";

/** The scenes of lesson 4. */
export const lesson4: readonly Scene[] = [
  {
    claim: "4.P1",
    sizes: { workers: 3 },
    acts: [...connect(range(1, 6)), ...send(range(1, 6), "SLEEP 150"), ...answered(range(1, 6))],
    seen(lanes) {
      const together = businessAtOnce(lanes);
      return together !== 3 ? undefined : "3 workers, 6 requests: 3 in business at once, no more.";
    },
  },
  {
    claim: "4.P2",
    sizes: { workers: 2 },
    acts: [
      ...connect([1, 2]),
      ...send([1, 2], "SLEEP 300"),
      [1, "is", "business"],
      [2, "is", "business"],
      ...connect([3, 4, 5]),
      ...send([3, 4, 5], "PING"),
      ...answered(range(1, 5)),
    ],
    seen(lanes) {
      const ways = requests(lanes);
      const freeUs = Math.min(...ways.slice(0, 2).map(({ finishUs = 0 }) => finishUs));
      const read = ways.slice(2).filter(({ readUs = freeUs }) => readUs < freeUs);
      if (read.length !== 3) return undefined;
      return "Both workers were busy, and clients 3, 4 and 5 were accepted and read meanwhile.";
    },
  },
  {
    claim: "4.P3",
    sizes: { workers: 3 },
    acts: [...connect(range(1, 5)), ...send(range(1, 5), "SLEEP 30"), ...answered(range(1, 5))],
    seen(lanes) {
      const firstUs = firstConnectUs(lanes);
      const threads = startedThreads(lanes);
      if (threads.length !== 3 || threads.some(({ fromUs }) => fromUs > firstUs)) return undefined;
      return "3 workers were there before the first client, and none was started since.";
    },
  },
  {
    claim: "4.C1",
    sizes: { workers: 3 },
    acts: [...connect(range(1, 4)), ...send(range(1, 4), "SLEEP 60"), ...answered(range(1, 4))],
    seen(lanes) {
      const readers = threadsThat(lanes, "readBy");
      if (readers.length !== 1) return undefined;
      const workers = threadsThat(lanes, "doneBy").length;
      return `All requests were read by ${readers[0]}; ${workers} workers did the business.`;
    },
  },
  {
    claim: "4.C2",
    sizes: { workers: 3 },
    acts: [...connect(range(1, 3)), ...send(range(1, 3), "SLEEP 60"), ...answered(range(1, 3))],
    seen(lanes) {
      const writers = threadsThat(lanes, "writtenBy");
      return writers.length === 1 ? `All replies were written by ${writers[0]}.` : undefined;
    },
  },
  {
    claim: "4.C3",
    sizes: { workers: 2 },
    acts: [
      ...connect([1, 2, 3]),
      [1, "sends", "SLEEP 300"],
      [2, "sends", "SLEEP 400"],
      [1, "is", "business"],
      [2, "is", "business"],
      [3, "sends", "PING"],
      ...answered([1, 2, 3]),
    ],
    seen(lanes) {
      const wait = longestWait(lanes, 3);
      if (wait?.span.state !== "queued") return undefined;
      return waitSentence(wait);
    },
  },
];
