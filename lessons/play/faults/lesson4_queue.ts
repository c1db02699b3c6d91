/** The broken servers of lesson 4 that do something wrong with what waits, or with the replies. */
import { type Act, answered, connect } from "../../lab/scenes/scene.ts";
import type { Lanes } from "../../lab/lanes/lanes.ts";
import {
  before,
  droppedUs,
  type Fault,
  gotAll,
  greeted,
  laneOf,
  lookOf,
  requestOf,
  servedBeside,
  TWO_WORKERS,
} from "./fault.ts";

/** Both workers have a long request, of clients 1 and 2. */
const BOTH_ARE_BUSY: readonly Act[] = [
  [1, "sends", "SLEEP 2000"],
  [2, "sends", "SLEEP 2000"],
  [1, "is", "business"],
  [2, "is", "business"],
];

/** When the first of the two long requests was done. */
function firstDoneUs(lanes: Lanes): number | undefined {
  const [one, two] = [1, 2].map((client) => laneOf(lanes, client)?.requests.at(-1)?.finishUs);
  return one === undefined || two === undefined ? undefined : Math.min(one, two);
}

/** Whether client 3's request of a number waited for a worker. */
function waited(lanes: Lanes, number: number): boolean | undefined {
  return before(firstDoneUs(lanes), requestOf(lanes, 3, number).replyUs);
}

/** The rest of lesson 4. */
export const lesson4Queue: readonly Fault[] = [
  {
    file: "4_closes_at_half_close.ts",
    claim: "4.R1",
    sizes: TWO_WORKERS,
    acts: [
      ...greeted(1),
      [1, "sends", "SLEEP 500"],
      [1, "is", "business"],
      [1, "half-closes"],
      [1, "is-answered"],
    ],
    right: "Client 1 has sent its last, and still gets the reply to what a worker works on.",
    here: "Client 1 has sent its last, and is cut off while a worker works for it.",
    look(lanes) {
      if (requestOf(lanes, 1, 2).replyUs !== undefined) return "right";
      const isWorkedOn = requestOf(lanes, 1, 2).startUs !== undefined;
      return isWorkedOn && droppedUs(lanes, 1) !== undefined ? "fault" : undefined;
    },
    place: "ended = true;\n    wake();\n    close();",
  },
  {
    file: "4_grows.ts",
    claim: "4.C3",
    sizes: TWO_WORKERS,
    acts: [
      ...greeted(1, 2, 3),
      ...BOTH_ARE_BUSY,
      [3, "sends", "PING"],
      ...answered([1, 2, 3]),
    ],
    right: "Both workers are busy, and client 3's PING is queued until one of them is free.",
    here: "Both workers are busy, and client 3's PING goes to a third one, started for it.",
    look: (lanes) => lookOf(waited(lanes, 2)),
    place: "if (worker === undefined) workers.push(worker = start());",
  },
  {
    file: "4_one_per_packet.ts",
    claim: "4.R1",
    sizes: TWO_WORKERS,
    acts: [...greeted(1), [1, "sends", "ECHO a\r\nECHO b"], [1, "is-answered"]],
    right: "Client 1 sends two requests in one packet, and gets both replies.",
    here: "Client 1 sends two requests in one packet, and gets the first reply only.",
    look: (lanes) => lookOf(gotAll(lanes, 1, 3)),
    place: "else loop.selector.read(connection);",
  },
  {
    file: "4_overtakes.ts",
    claim: "4.R1",
    sizes: TWO_WORKERS,
    acts: [...greeted(1), [1, "sends", "SLEEP 500\r\nECHO b"], [1, "is-answered"]],
    right: "Client 1 sends SLEEP and ECHO in one packet: OK comes first, then the word.",
    here: "Client 1 sends SLEEP and ECHO in one packet: the word comes first, then OK.",
    look(lanes) {
      const [first, second] = [2, 3].map((number) => requestOf(lanes, 1, number).reply);
      if (first === undefined || second === undefined) return undefined;
      return lookOf(first === "OK");
    },
    place: "for (const request of requests) pool.submit(connection, request);",
  },
  {
    file: "4_pauses_when_busy.ts",
    claim: "4.P2",
    sizes: TWO_WORKERS,
    acts: [
      ...greeted(1, 2),
      ...BOTH_ARE_BUSY,
      ...connect([3]),
      [3, "sends", "PING"],
      ...answered([1, 2, 3]),
    ],
    right: "Both workers are busy, and main reads the request of client 3, which comes meanwhile.",
    here: "Both workers are busy, and the request of client 3, which comes then, lies unread.",
    look: (lanes) => lookOf(before(requestOf(lanes, 3).noticedUs, firstDoneUs(lanes))),
    place: "else parked.push(connection);",
  },
  {
    file: "4_remembers_replies.ts",
    claim: "4.C3",
    sizes: TWO_WORKERS,
    acts: [
      ...greeted(3),
      ...connect([1, 2]),
      ...BOTH_ARE_BUSY,
      [3, "sends", "PING"],
      ...answered([1, 2, 3]),
    ],
    right: "Both workers are busy, and client 3's PING is queued, though it asked for it before.",
    here: "Both workers are busy, and client 3 gets at once what it had asked for before.",
    look: (lanes) => lookOf(waited(lanes, 2)),
    place: "else loop.selector.post({ connection, reply });",
  },
  {
    file: "4_workers_write.py",
    claim: "4.C2",
    sizes: TWO_WORKERS,
    acts: [
      [1, "connects-deaf"],
      [2, "connects-deaf"],
      [1, "floods"],
      [2, "floods"],
      ["pause", 1000],
      ...connect([3]),
      [3, "sends", "PING"],
      ["pause", 500],
      [1, "closes"],
      [3, "is-answered"],
    ],
    right: "Clients 1 and 2 read no replies, and client 3 is served beside them.",
    here: "Clients 1 and 2 read no replies, and client 3 has none before one of them has gone.",
    look: (lanes) => lookOf(servedBeside(lanes, 3, 1)),
    place: "client.connection.sendall(reply)",
  },
];
