/** The broken servers of lesson 6. */
import { threadsThat } from "../../lab/scenes/measures.ts";
import type { Lanes } from "../../lab/lanes/lanes.ts";
import { type Act, answered, connect, range, send } from "../../lab/scenes/scene.ts";
import {
  before,
  droppedUs,
  type Fault,
  greeted,
  laneOf,
  lookOf,
  overtook,
  requestOf,
} from "./fault.ts";

const TWO_PROCESSES = { processes: 2 };

/** Each of two processes has a client: who is busy does not accept. */
const ONE_EACH: readonly Act[] = [
  ...connect([1]),
  [1, "sends", "SLEEP 600"],
  [1, "is", "business"],
  ...greeted(2),
  [1, "is-answered"],
];

/** Both processes had done something when the first was killed. */
function bothServed(lanes: Lanes): boolean {
  return [1, 2].every((client) => requestOf(lanes, client).replyUs !== undefined);
}

/** The broken servers of lesson 6. */
export const lesson6: readonly Fault[] = [
  {
    file: "6_never_replaced.ts",
    claim: "6.P2",
    sizes: TWO_PROCESSES,
    acts: [
      ...ONE_EACH,
      [1, "loses-its-process"],
      [2, "loses-its-process"],
      [3, "connects"],
      [3, "sends", "PING"],
      [3, "is-answered"],
    ],
    right: "Both processes are killed; new ones take their places, and client 3 is served.",
    here: "Both processes are killed; none takes their place, and client 3 waits in vain.",
    look(lanes) {
      if (!bothServed(lanes) || !droppedUs(lanes, 1) || !droppedUs(lanes, 2)) return undefined;
      return lookOf(requestOf(lanes, 3).replyUs !== undefined);
    },
    place: "startProcesses(options);",
  },
  {
    file: "6_one_for_all.ts",
    claim: "6.P2",
    sizes: TWO_PROCESSES,
    acts: [
      ...ONE_EACH,
      [1, "loses-its-process"],
      ["pause", 500],
      [2, "sends", "PING"],
      [2, "is-answered"],
    ],
    right: "Client 1's process is killed, and client 2, which has the other, is served as before.",
    here: "Client 1's process is killed, and client 2, which has the other, is cut off as well.",
    look(lanes) {
      if (!bothServed(lanes) || !droppedUs(lanes, 1)) return undefined;
      if (requestOf(lanes, 2, 2).replyUs !== undefined) return "right";
      return before(droppedUs(lanes, 1), laneOf(lanes, 2)?.endedUs) ? "fault" : undefined;
    },
    place: 'child.on("exit", () => Deno.exit(1));',
  },
  {
    file: "6_reuse_port.c",
    claim: "6.P4",
    sizes: TWO_PROCESSES,
    acts: [
      ...connect([1]),
      [1, "sends", "SLEEP 1200"],
      [1, "is", "business"],
      ...connect(range(2, 11)),
      ...send(range(2, 11), "PING"),
      ...answered(range(1, 11)),
    ],
    right: "One process is busy with client 1, and the other serves all ten new clients at once.",
    here:
      "One process is busy with client 1, and some of the new clients wait for it all the same.",
    look(lanes) {
      const early = range(2, 11).map((client) => overtook(client, 1, 1, 1)(lanes));
      return early.includes(undefined) ? undefined : lookOf(!early.includes(false));
    },
    place: "listen_with(SO_REUSEPORT, argc, argv)",
  },
  {
    file: "6_threads.ts",
    claim: "6.P1",
    sizes: TWO_PROCESSES,
    acts: greeted(1, 2),
    right: "The lanes are those of processes, and a process reads and works.",
    here: "The lanes are those of io threads: they read and work, in one process.",
    look(lanes) {
      const [name, ...others] = threadsThat(lanes, "readBy");
      if (name === undefined || requestOf(lanes, 2).replyUs === undefined) return undefined;
      return lookOf([name, ...others].every((one) => one.startsWith("process")));
    },
    place: "serveModel5({ ...options, threads: options.processes ?? 2 })",
  },
];
