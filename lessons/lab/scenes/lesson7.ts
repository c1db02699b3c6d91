/** Scenes of lesson 7, a temporary thread for each event. */
import {
  businessAtOnce,
  counted,
  firstConnectUs,
  mostAtOnce,
  startedThreads,
  threadsThat,
} from "./measures.ts";
import { type Act, answered, connect, range, type Scene, send } from "./scene.ts";
import type { Lanes } from "../lanes/lanes.ts";

/** The threads that were started since the first client came. */
function eventThreads(lanes: Lanes) {
  const firstUs = firstConnectUs(lanes);
  return startedThreads(lanes).filter(({ fromUs }) => fromUs > firstUs);
}

/** The scenes of lesson 7. */
export const lesson7: readonly Scene[] = [
  {
    claim: "7.P1",
    sizes: { threads: 2 },
    acts: [...connect(range(1, 4)), ...send(range(1, 4), "SLEEP 300"), ...answered(range(1, 4))],
    seen(lanes) {
      const together = businessAtOnce(lanes);
      return together === 4
        ? "2 threads watch, and 4 requests were in business at once."
        : undefined;
    },
  },
  {
    claim: "7.P2",
    sizes: { threads: 2 },
    acts: [...connect(range(1, 5)), ["pause", 200]],
    seen(lanes) {
      return eventThreads(lanes).length === 0
        ? "5 clients are connected and say nothing; no thread was started."
        : undefined;
    },
  },
  {
    claim: "7.P3",
    sizes: { threads: 2 },
    acts: [...connect(range(1, 3)), ...send(range(1, 3), "SLEEP 50"), ...answered(range(1, 3))],
    seen(lanes) {
      const watching = threadsThat(lanes, "noticedBy");
      const before = startedThreads(lanes).filter(({ fromUs }) => fromUs < firstConnectUs(lanes));
      if (before.length !== 2) return undefined;
      return `${
        before.map(({ name }) => name).sort().join(" and ")
      } were there before any client; ` +
        `${watching.join(" and ")} noticed what came.`;
    },
  },
  {
    claim: "7.C1",
    sizes: { threads: 2 },
    acts: [
      ...connect([1]),
      ...range(1, 3).flatMap((): Act[] => [[1, "sends", "PING"], [1, "is-answered"]]),
    ],
    seen(lanes) {
      const threads = threadsThat(lanes, "doneBy");
      const ended = eventThreads(lanes).filter(({ toUs }) => toUs < Infinity);
      if (threads.length !== 3 || ended.length !== 3) return undefined;
      return `3 requests of one client, and 3 threads, each ended again: ${threads.join(", ")}.`;
    },
  },
  {
    claim: "7.C2",
    sizes: { threads: 2 },
    acts: [...connect(range(1, 6)), ...send(range(1, 6), "SLEEP 600"), ...answered(range(1, 6))],
    seen(lanes) {
      const most = mostAtOnce(eventThreads(lanes));
      return most === 6
        ? `6 requests at once, and ${counted(most, "thread")} for them.`
        : undefined;
    },
  },
];
