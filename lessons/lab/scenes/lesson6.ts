/**
 * Scenes of lesson 6, processes that compete for one listening socket. What is in no lane has no scene:
 * that the others live when one is killed (6.P2), and that memory is not shared (6.C3).
 */
import { waitSentence } from "../lanes/words.ts";
import { firstConnectUs, longestWait, startedThreads, threadsThat, waitedFor } from "./measures.ts";
import { type Act, answered, connect, range, type Scene, send } from "./scene.ts";

/** A process that works does not accept: so the next client is the other's. */
const ONE_IS_BUSY: readonly Act[] = [
  ...connect([1]),
  [1, "sends", "SLEEP 400"],
  [1, "is", "business"],
];

/** The scenes of lesson 6. */
export const lesson6: readonly Scene[] = [
  {
    claim: "6.P1",
    sizes: { processes: 2 },
    acts: [...ONE_IS_BUSY, ...connect([2]), [2, "sends", "SLEEP 200"], ...answered([1, 2])],
    seen(lanes) {
      const readers = threadsThat(lanes, "readBy");
      if (readers.length !== 2) return undefined;
      return `Two requests were read at the same time by ${readers.join(" and ")}.`;
    },
  },
  {
    claim: "6.P3",
    sizes: { processes: 2 },
    acts: [...connect(range(1, 5)), ...send(range(1, 5), "SLEEP 30"), ...answered(range(1, 5))],
    seen(lanes) {
      const firstUs = firstConnectUs(lanes);
      const processes = startedThreads(lanes);
      if (processes.length !== 2 || processes.some(({ fromUs }) => fromUs > firstUs)) {
        return undefined;
      }
      return "2 processes were there before the first client, and none was started since.";
    },
  },
  {
    claim: "6.P4",
    sizes: { processes: 2 },
    acts: [
      ...ONE_IS_BUSY,
      ...connect(range(2, 6)),
      ...send(range(2, 6), "PING"),
      ...answered(range(1, 6)),
    ],
    seen(lanes) {
      const [busy, ...others] = lanes.clients;
      const quick = others.filter(({ requests: [first] }) =>
        (first?.replyUs ?? Infinity) < (busy.requests[0]?.finishUs ?? 0)
      );
      if (quick.length !== 5) return undefined;
      const [its, the] = [busy.acceptedBy, others[0].acceptedBy];
      return `${its} was busy, and all 5 new clients were accepted by ${the}.`;
    },
  },
  {
    claim: "6.C1",
    sizes: { processes: 2 },
    acts: [
      ...ONE_IS_BUSY,
      ...connect([2, 3]),
      [3, "is", "idle"],
      [2, "sends", "SLEEP 200"],
      [2, "is", "business"],
      [3, "sends", "PING"],
      ...answered([1, 2, 3]),
    ],
    seen(lanes) {
      const wait = longestWait(lanes, 3);
      if (wait === undefined || waitedFor(lanes, 3) !== 2) return undefined;
      return waitSentence(wait);
    },
  },
  {
    claim: "6.C2",
    sizes: { processes: 2 },
    acts: [
      ...ONE_IS_BUSY,
      ...connect([2]),
      [2, "sends", "SLEEP 300"],
      [2, "is", "business"],
      ...connect([3]),
      [3, "sends", "PING"],
      ...answered([1, 2, 3]),
    ],
    seen(lanes) {
      const wait = longestWait(lanes, 3);
      if (wait?.span.state !== "accept-queue") return undefined;
      return waitSentence(wait);
    },
  },
];
