/** Scenes of lesson 1, one thread that accepts and serves. */
import { waitSentence } from "../lanes/words.ts";
import { clientsAtOnce, counted, longestWait, requests, waitedFor } from "./measures.ts";
import { type Act, connect, range, type Scene, send } from "./scene.ts";

/** A client from its connect to its close. */
function visit(client: number, line: string): Act[] {
  return [
    [client, "connects"],
    [client, "sends", line],
    [client, "is-answered"],
    [client, "closes"],
  ];
}

/** The scenes of lesson 1. */
export const lesson1: readonly Scene[] = [
  {
    claim: "1.P1",
    acts: [
      ...connect([1, 2, 3]),
      ...send([3, 2, 1], "SLEEP 80"),
      ...[1, 2, 3].flatMap((client): Act[] => [[client, "is-answered"], [client, "closes"]]),
    ],
    seen(lanes) {
      const order = requests(lanes).map(({ client }) => client.number).join(", ");
      if (order !== "1, 2, 3") return undefined;
      return "They sent in the order 3, 2, 1, and were served in the order 1, 2, 3.";
    },
  },
  {
    claim: "1.P2",
    acts: range(1, 5).flatMap((client) => visit(client, "SLEEP 20")),
    seen(lanes) {
      const [thread, ...others] = lanes.threads.keys();
      if (others.length > 0) return undefined;
      return `${counted(lanes.clients.length, "client")}, and one thread, ${thread}.`;
    },
  },
  {
    claim: "1.C1",
    acts: [
      ...connect([1]),
      [1, "is", "idle"],
      ...connect([2]),
      [2, "sends", "PING"],
      ["pause", 400],
      [1, "closes"],
      [2, "is-answered"],
    ],
    seen(lanes) {
      const wait = longestWait(lanes, 2);
      if (wait?.reasons.at(-1)?.kind !== "held" || waitedFor(lanes, 2) !== 1) return undefined;
      return waitSentence(wait);
    },
  },
  {
    claim: "1.C2",
    acts: [...connect([1]), [1, "is", "idle"], ...connect(range(2, 6)), ["pause", 200]],
    seen(lanes) {
      const queued = clientsAtOnce(lanes, "accept-queue");
      if (queued < 5) return undefined;
      return `Clients 2 to 6 are connected, and nobody has taken them: ${queued} in the accept queue.`;
    },
  },
  {
    claim: "1.C3",
    acts: [
      [1, "connects-deaf"],
      [1, "floods"],
      [1, "is", "replying"],
      ...connect([2]),
      [2, "sends", "PING"],
      ["pause", 400],
      [1, "closes"],
      [2, "is-answered"],
    ],
    seen(lanes) {
      const wait = longestWait(lanes, 2);
      if (wait === undefined || waitedFor(lanes, 2) !== 1) return undefined;
      return `Client 1 reads no reply. ${waitSentence(wait)}`;
    },
  },
];
