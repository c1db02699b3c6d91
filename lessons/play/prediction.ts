/** A prediction: a scene, a number that it will show, and why it is that number. */
import type { Lanes } from "../lab/lanes/lanes.ts";
import type { Scene } from "../lab/scenes/scene.ts";
import { type Act, connect, range, send } from "../lab/scenes/scene.ts";
import { sceneNamed } from "../lab/scenes/scenes.ts";
import { durationText } from "../lab/lanes/words.ts";
import { clientsAtOnce, mostAtOnce, replyTimeUs, startedThreads } from "../lab/scenes/measures.ts";

/** A prediction of a lesson. */
export interface Prediction {
  /** Unlike any other of its lesson. */
  readonly id: string;
  /** What is asked. With `first` it stands so in the lesson's text, under 'Predict first'. */
  readonly asks: string;
  readonly first?: true;
  /** In what the scene differs from what is asked: it is shorter, or has fewer clients. */
  readonly here?: string;
  readonly scene: Scene;
  /** What the number counts: `ms`, or things such as `threads`. */
  readonly unit: string;
  /** The number, off the lanes; undefined when the scene was not played to its end. */
  readonly measure: (lanes: Lanes) => number | undefined;
  /** What the model must show on any machine: just this number, or no less. */
  readonly must: { readonly exactly: number } | { readonly atLeast: number };
  /** Why it is so. */
  readonly why: string;
}

/** Of 'Predict first': so many clients, and so long each wants a thread. */
const CLIENTS = 8, SLEEP_MS = 150;

/** A scene of the demos, by its claim. Throws RangeError when there is none. */
export function sceneOf(claim: string): Scene {
  const scene = sceneNamed(claim);
  if (scene === undefined) throw new RangeError(`there is no scene ${claim}`);
  return scene;
}

/** The scene of 'Predict first': eight clients ask at the same moment, each for 150 ms. */
export function eightAtOnce(claim: string, sizes: Scene["sizes"] = {}): Scene {
  const clients = range(1, CLIENTS);
  // Each leaves when it has its reply: lesson 1 serves nobody else before.
  const leave = clients.flatMap((one): Act[] => [[one, "is-answered"], [one, "closes"]]);
  return {
    claim,
    sizes,
    acts: [...connect(clients), ...send(clients, `SLEEP ${SLEEP_MS}`), ...leave],
    seen(lanes) {
      const ms = lastReplyMs(lanes);
      if (ms === undefined) return undefined;
      return `${CLIENTS} replies, the last one after ${durationText(ms * 1000)}.`;
    },
  };
}

/** When the last client had its first reply, counted from its request; of clients that asked. */
export function lastReplyMs(lanes: Lanes): number | undefined {
  const times = lanes.clients.map(({ number }) => replyTimeUs(lanes, number));
  if (times.length === 0 || times.includes(undefined)) return undefined;
  return Math.round(Math.max(...times as number[]) / 1000);
}

/** How long a client waited for its first reply. */
export function replyMs(client: number): (lanes: Lanes) => number | undefined {
  return (lanes) => {
    const us = replyTimeUs(lanes, client);
    return us === undefined ? undefined : Math.round(us / 1000);
  };
}

/** How many clients were in the accept queue at once, at most. */
export function queuedAtOnce(lanes: Lanes): number {
  return clientsAtOnce(lanes, "accept-queue");
}

/** How many threads, or processes, there were at once besides main, at most. */
export function threadsBesidesMain(lanes: Lanes): number {
  return mostAtOnce(startedThreads(lanes));
}
