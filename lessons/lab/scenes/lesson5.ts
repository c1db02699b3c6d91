/** Scenes of lesson 5, several threads with an event loop each. */
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

/** The scenes of lesson 5. */
export const lesson5: readonly Scene[] = [
  {
    claim: "5.P1",
    sizes: { threads: 3 },
    acts: [...connect(range(1, 6)), ...send(range(1, 6), "SLEEP 40"), ...answered(range(1, 6))],
    seen(lanes) {
      const ways = requests(lanes);
      const own = ways.every(({ readBy, doneBy, writtenBy }) =>
        readBy === doneBy && readBy === writtenBy
      );
      const threads = threadsThat(lanes, "readBy");
      if (!own || threads.length !== 3) return undefined;
      return `Whoever reads also works and writes: ${threads.join(", ")}.`;
    },
  },
  {
    claim: "5.P2",
    sizes: { threads: 2 },
    acts: [...connect(range(1, 4)), ...send(range(1, 4), "SLEEP 150"), ...answered(range(1, 4))],
    seen(lanes) {
      const together = businessAtOnce(lanes);
      return together === 2 ? "2 threads, 4 requests: 2 in business at once, no more." : undefined;
    },
  },
  {
    claim: "5.P3",
    sizes: { threads: 2 },
    acts: [...connect(range(1, 5)), ...send(range(1, 5), "SLEEP 30"), ...answered(range(1, 5))],
    seen(lanes) {
      const firstUs = firstConnectUs(lanes);
      const threads = startedThreads(lanes);
      if (threads.length !== 2 || threads.some(({ fromUs }) => fromUs > firstUs)) return undefined;
      return "2 threads were there before the first client, and none was started since.";
    },
  },
  {
    claim: "5.C1",
    sizes: { threads: 2 },
    acts: [
      ...connect(range(1, 4)),
      ...send(range(1, 4), "PING"),
      ...answered(range(1, 4)),
      [1, "sends", "SLEEP 300"],
      [1, "is", "business"],
      ...send([2, 3, 4], "PING"),
      ...answered(range(1, 4)),
    ],
    seen(lanes) {
      const ways = requests(lanes).filter(({ number }) => number === 2);
      const busy = ways.find(({ client }) => client.number === 1);
      const late = ways.filter(({ startUs = 0 }) => startUs >= (busy?.finishUs ?? Infinity));
      const sharing = ways.filter(({ client, doneBy }) =>
        client.number !== 1 && doneBy === busy?.doneBy
      );
      const same = late.map(({ client }) => client.name).sort().join(" and ");
      if (sharing.length === 0 || sharing.length === 3) return undefined;
      if (same !== sharing.map(({ client }) => client.name).sort().join(" and ")) return undefined;
      return `Client 1 shares ${busy?.doneBy} with ${same}, which waited; the others did not.`;
    },
  },
  {
    claim: "5.C2",
    sizes: { threads: 2 },
    acts: [
      ...connect([1, 2]),
      [1, "sends", "SLEEP 300"],
      [2, "sends", "SLEEP 400"],
      [1, "is", "business"],
      [2, "is", "business"],
      ...connect([3]),
      [3, "sends", "PING"],
      ...answered([1, 2, 3]),
    ],
    seen(lanes) {
      const wait = longestWait(lanes, 3);
      if (wait?.span.state !== "unread") return undefined;
      return waitSentence(wait);
    },
  },
];
