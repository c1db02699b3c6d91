/** Scenes of lesson 3, one thread and one event loop for many connections. */
import { durationText, waitSentence } from "../lanes/words.ts";
import {
  businessAtOnce,
  clientsAtOnce,
  counted,
  longestWait,
  replyTimeUs,
  waitedFor,
} from "./measures.ts";
import { answered, connect, range, type Scene, send } from "./scene.ts";

/** The scenes of lesson 3. */
export const lesson3: readonly Scene[] = [
  {
    claim: "3.P1",
    acts: [
      ...connect([1, 2, 3]),
      [3, "sends-part", "PIN"],
      [4, "connects-deaf"],
      [4, "floods"],
      ...connect([5]),
      [5, "is", "idle"],
      [5, "sends", "PING"],
      [5, "is-answered"],
      ["pause", 50],
      [5, "sends", "PING"],
      [5, "is-answered"],
    ],
    seen(lanes) {
      const timeUs = replyTimeUs(lanes, 5);
      if (timeUs === undefined) return undefined;
      return "Clients 1 and 2 are silent, 3 sent half a request, 4 reads nothing; " +
        `client 5 had its first reply after ${durationText(timeUs)}.`;
    },
  },
  {
    claim: "3.P2",
    acts: [...connect(range(1, 6)), ...send(range(1, 6), "SLEEP 20"), ...answered(range(1, 6))],
    seen(lanes) {
      const [thread, ...others] = lanes.threads.keys();
      if (others.length > 0) return undefined;
      return `${counted(lanes.clients.length, "client")}, and one thread, ${thread}.`;
    },
  },
  {
    claim: "3.P3",
    acts: [
      ...connect([1, 2]),
      [2, "is", "idle"],
      ["pause", 300],
      [1, "sends", "SLEEP 30"],
      [1, "is-answered"],
    ],
    seen(lanes) {
      const spans = lanes.threads.get("main")?.spans(0, lanes.nowUs) ?? [];
      const waits = spans.filter(({ kind }) => kind === "waits");
      const longestUs = Math.max(...waits.map(({ fromUs, toUs }) => toUs - fromUs));
      if (longestUs < 300_000) return undefined;
      return `Nothing was ready for ${durationText(longestUs)}: main did nothing but wait.`;
    },
  },
  {
    claim: "3.C1",
    acts: [
      ...connect([1, 2]),
      [1, "sends", "SLEEP 300"],
      [1, "is", "business"],
      [2, "sends", "PING"],
      ...answered([1, 2]),
    ],
    seen(lanes) {
      const wait = longestWait(lanes, 2);
      if (wait === undefined || waitedFor(lanes, 2) !== 1) return undefined;
      return waitSentence(wait);
    },
  },
  {
    claim: "3.C2",
    acts: [...connect(range(1, 4)), ...send(range(1, 4), "SLEEP 80"), ...answered(range(1, 4))],
    seen(lanes) {
      const times = range(1, 4).map((client) => replyTimeUs(lanes, client) ?? 0);
      if (businessAtOnce(lanes) !== 1) return undefined;
      return `Four times SLEEP 80, one after the other: the last reply came after ${
        durationText(Math.max(...times))
      }.`;
    },
  },
  {
    claim: "3.C3",
    acts: [
      ...connect([1]),
      [1, "sends", "SLEEP 300"],
      [1, "is", "business"],
      ...connect(range(2, 6)),
      [1, "is-answered"],
      [6, "is", "idle"],
    ],
    seen(lanes) {
      const queued = clientsAtOnce(lanes, "accept-queue");
      if (queued < 5) return undefined;
      return `5 clients connected during client 1's business: ${queued} in the accept queue at once.`;
    },
  },
];
