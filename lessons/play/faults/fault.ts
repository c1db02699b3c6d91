/**
 * A fault that can be seen: a server of `tests/servers/broken/`, a scene, and what the lanes of that
 * scene show on a right server and on this one.
 */
import type { Lanes } from "../../lab/lanes/lanes.ts";
import type { RequestWay } from "../../lab/lanes/request_way.ts";
import type { Act, Scene } from "../../lab/scenes/scene.ts";

/** What the lanes of a scene show; undefined: neither, such as a scene that was not played to its end. */
export type Look = "right" | "fault" | undefined;

/** A broken server of the game. */
export interface Fault {
  /** Its file in `tests/servers/broken/`. */
  readonly file: string;
  /** The claim whose breach the scene shows; one of those that the file says it loses. */
  readonly claim: string;
  readonly sizes?: Scene["sizes"];
  readonly acts: readonly Act[];
  /** What one sees on a right server. */
  readonly right: string;
  /** What one sees on a server that breaks the claim in this way. */
  readonly here: string;
  /** Which of both the lanes show. */
  readonly look: (lanes: Lanes) => Look;
  /** A part of the file, once in it, on the lines that make the fault. */
  readonly place: string;
}

/** A broken server that is not in the game. */
export interface LeftOut {
  readonly file: string;
  /** Why no scene shows its fault. */
  readonly why: string;
}

/** As few as can be busy beside each other. */
export const TWO_WORKERS = { workers: 2 };

/** The scene of a fault. What it shows, `look` tells. */
export function sceneOfFault({ claim, sizes, acts }: Fault): Scene {
  return { claim, sizes, acts, seen: () => undefined };
}

/** One or the other, when it is known whether it is right. */
export function lookOf(isRight: boolean | undefined): Look {
  return isRight === undefined ? undefined : isRight ? "right" : "fault";
}

/** Whether one came before the other; undefined when either never came. */
export function before(oneUs: number | undefined, otherUs: number | undefined) {
  return oneUs === undefined || otherUs === undefined ? undefined : oneUs < otherUs;
}

/** A client's lane, and its request of a number, counted from 1. */
export function requestOf(lanes: Lanes, client: number, number = 1): Partial<RequestWay> {
  return laneOf(lanes, client)?.requests[number - 1] ?? {};
}

/** A client's lane. */
export function laneOf(lanes: Lanes, client: number) {
  return lanes.clients.find((one) => one.number === client);
}

/** When the server ended a client's connection, as the client saw it; undefined: it did not. */
export function droppedUs(lanes: Lanes, client: number): number | undefined {
  const lane = laneOf(lanes, client);
  return lane?.ending === "" ? undefined : lane?.endedUs;
}

/**
 * Whether a client got all of its so many replies: false when its first ones came and the others did
 * not, undefined when not even those came.
 */
export function gotAll(lanes: Lanes, client: number, count: number): boolean | undefined {
  const replies = (laneOf(lanes, client)?.requests ?? []).filter((way) =>
    way.replyUs !== undefined
  );
  return replies.length >= count ? true : replies.length === count - 1 ? false : undefined;
}

/** Whether a client that asked later was answered before another one's first request was. */
export function overtook(later: number, laterRequest: number, first: number, firstRequest: number) {
  return (lanes: Lanes): boolean | undefined =>
    before(
      requestOf(lanes, later, laterRequest).replyUs,
      requestOf(lanes, first, firstRequest).replyUs,
    );
}

/** Whether a client had its first reply while another one was still there. */
export function servedBeside(lanes: Lanes, client: number, other: number): boolean | undefined {
  return before(requestOf(lanes, client).replyUs, laneOf(lanes, other)?.endedUs);
}

/** A client connects, and is served once. */
export function greeted(...clients: readonly number[]): Act[] {
  return clients.flatMap((client): Act[] => [
    [client, "connects"],
    [client, "sends", "PING"],
    [client, "is-answered"],
  ]);
}

/** A client connects, is served once, and leaves. */
export function visit(client: number): Act[] {
  return [...greeted(client), [client, "closes"], ["pause", 100]];
}

/** Whether client 1, which said QUIT, saw the server close, by the time when client 2 was served. */
export function closedAfterQuit(lanes: Lanes): Look {
  if (requestOf(lanes, 1, 2).replyUs === undefined) return undefined;
  if (requestOf(lanes, 2).replyUs === undefined) return undefined;
  return lookOf(droppedUs(lanes, 1) !== undefined);
}
