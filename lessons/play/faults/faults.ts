/** All faults of the game, and the broken servers that are not in it. */
import type { Fault, LeftOut } from "./fault.ts";
import { lesson1 } from "./lesson1.ts";
import { lesson2 } from "./lesson2.ts";
import { lesson3 } from "./lesson3.ts";
import { lesson4 } from "./lesson4.ts";
import { lesson5 } from "./lesson5.ts";
import { lesson6 } from "./lesson6.ts";
import { lesson7 } from "./lesson7.ts";

/** By lesson. */
export const FAULTS: ReadonlyMap<number, readonly Fault[]> = new Map([
  [1, lesson1],
  [2, lesson2],
  [3, lesson3],
  [4, lesson4],
  [5, lesson5],
  [6, lesson6],
  [7, lesson7],
]);

/** Those whose fault no scene shows. */
export const LEFT_OUT: readonly LeftOut[] = [
  {
    file: "3_cuts_replies.ts",
    why:
      "It loses the end of a large reply to a client that reads late. A lane has a reply or has " +
      "none; how many bytes of it came, the grader counts.",
  },
  {
    file: "3_polls.py",
    why:
      "It looks a thousand times a second whether something is ready, and sleeps in between. A " +
      "thread that wakes so briefly is asleep in the kernel's samples; the grader counts how often it woke.",
  },
  {
    file: "6_waits_for_nobody.py",
    why:
      "No process comes in the place of a dead one, as with 6_never_replaced.ts, which is in the " +
      "game. This one has no trace, so that nobody knows which process has a client, to kill that one.",
  },
];

/** What a breach of a claim would look like of which no fault of the game is an example. */
const OTHERWISE: Readonly<Record<string, string>> = {
  "3.C2":
    "Requests that come together are in business at the same time, and the last reply comes " +
    "no later than the first.",
  "3.P3":
    "Nothing is ready, and the main thread runs all the same, as the kernel's samples of it show.",
  "5.R1":
    "A client that sends in parts, half-closes or says QUIT gets no reply, a wrong one, or no " +
    "close.",
  "6.P3": "No process is up when the first client connects, or new ones start as clients come.",
  "6.C1": "A client waits for one of another process, or two requests of one process are in " +
    "business at once.",
  "6.C2": "All processes are busy, and a new client is accepted all the same, though not served.",
  "6.C3": "INFO of one process counts the commands that another one has done.",
  "6.R1":
    "A client that sends in parts, half-closes or says QUIT gets no reply, a wrong one, or no " +
    "close.",
  "7.P3":
    "No thread that watches is up when the first client connects, or there are more than were " +
    "asked for.",
};

/** What a server that breaks a claim looks like; undefined: there is no such claim. */
export function looksLike(claim: string): string | undefined {
  const example = FAULTS.get(Number(claim[0]))?.find((fault) => fault.claim === claim);
  return example?.here ?? OTHERWISE[claim];
}
