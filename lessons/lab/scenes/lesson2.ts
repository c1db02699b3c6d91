/** Scenes of lesson 2, a new thread for each connection. */
import { durationText } from "../lanes/words.ts";
import {
  businessAtOnce,
  counted,
  mostAtOnce,
  replyTimeUs,
  requests,
  startedThreads,
} from "./measures.ts";
import { type Act, answered, connect, range, type Scene, send } from "./scene.ts";

/** The scenes of lesson 2. */
export const lesson2: readonly Scene[] = [
  {
    claim: "2.P1",
    acts: [
      ...connect(range(1, 4)),
      // Their threads are up before the first of them is busy.
      ...send(range(1, 4), "PING"),
      ...answered(range(1, 4)),
      ...send(range(1, 4), "SLEEP 150"),
      ...answered(range(1, 4)),
    ],
    seen(lanes) {
      const together = businessAtOnce(lanes);
      return together < 4 ? undefined : `${together} requests were in business at once.`;
    },
  },
  {
    claim: "2.P2",
    acts: [
      ...connect([1, 2, 3]),
      ...send([1, 2, 3], "SLEEP 50"),
      ...answered([1, 2, 3]),
      ...send([3, 2, 1], "SLEEP 50"),
      ...answered([1, 2, 3]),
    ],
    seen(lanes) {
      const pairs = requests(lanes).map(({ client, readBy, doneBy }) =>
        readBy === doneBy ? `${client.name} on ${doneBy}` : ""
      );
      const different = [...new Set(pairs)];
      if (pairs.length !== 6 || different.length !== 3 || different.includes("")) return undefined;
      return `Both requests of each: ${different.sort().join(", ")}.`;
    },
  },
  {
    claim: "2.P3",
    acts: [
      ...connect([1, 2]),
      [2, "sends-part", "PIN"],
      [3, "connects-deaf"],
      [3, "floods"],
      ...connect([4]),
      [4, "sends", "PING"],
      [4, "is-answered"],
      [4, "sends", "SLEEP 150"],
      [4, "is-answered"],
    ],
    seen(lanes) {
      const timeUs = replyTimeUs(lanes, 4);
      if (timeUs === undefined) return undefined;
      return "Client 1 is silent, 2 sent half a request, 3 reads nothing; " +
        `client 4 had its first reply after ${durationText(timeUs)}.`;
    },
  },
  {
    claim: "2.C1",
    acts: [...connect(range(1, 6)), ...send(range(1, 6), "WHO"), ...answered(range(1, 6))],
    seen(lanes) {
      const most = mostAtOnce(startedThreads(lanes));
      return most < 6 ? undefined : `6 clients cost ${counted(most, "thread")} besides main.`;
    },
  },
  {
    claim: "2.C2",
    acts: [
      ...connect([1, 2, 3]),
      ...send([1, 2, 3], "PING"),
      ...answered([1, 2, 3]),
      ["pause", 300],
      [1, "closes"],
      ["pause", 150],
    ],
    seen(lanes) {
      const kept = startedThreads(lanes).filter(({ fromUs, toUs }) => toUs - fromUs > 300_000);
      if (kept.length !== 3) return undefined;
      return "Three idle clients kept three threads; the thread of client 1 ended with it.";
    },
  },
  {
    claim: "2.C3",
    acts: range(1, 4).flatMap((client): Act[] => [
      ...connect([client]),
      [client, "sends", "PING"],
      [client, "is-answered"],
      [client, "closes"],
    ]),
    seen(lanes) {
      const threads = startedThreads(lanes).length;
      const times = lanes.clients.map(({ number }) => replyTimeUs(lanes, number) ?? 0);
      if (threads !== 4) return undefined;
      return `4 short connections, and ${threads} new threads; ` +
        `the quickest reply to a PING took ${durationText(Math.min(...times))}.`;
    },
  },
];
