/** A scene: a few clients that act one after the other, and what is to be seen then on the lanes. */
import { type SizeName, SIZES } from "../../../models/parts/sizes.ts";
import type { ClientState } from "../lanes/client_spans.ts";
import type { Lanes } from "../lanes/lanes.ts";

/** What is done next. Clients are counted from 1. */
export type Act =
  /** It connects; `connects-deaf`: and never reads. */
  | readonly [client: number, does: "connects" | "connects-deaf"]
  /** It sends a request; several, with `\r\n` between them, in one packet. */
  | readonly [client: number, does: "sends", line: string]
  /** It sends a part of a request, and not the rest. */
  | readonly [client: number, does: "sends-part", text: string]
  /** It asks for more than the kernel can keep for it. */
  | readonly [client: number, does: "floods"]
  /** The scene goes on when the client is in a state. */
  | readonly [client: number, does: "is", state: ClientState]
  /** The scene goes on when the client has a reply to all that it sent. */
  | readonly [client: number, does: "is-answered"]
  | readonly [client: number, does: "half-closes" | "closes"]
  /** It connects, sends a part of a request, and resets the connection. */
  | readonly [client: number, does: "resets"]
  /** The process that has it is killed. */
  | readonly [client: number, does: "loses-its-process"]
  /** Nobody does anything for so many milliseconds. */
  | readonly ["pause", number];

/** A scene. */
export interface Scene {
  /** The claim that it shows: `3.C1`. Its sentence stands in the lesson's text. */
  readonly claim: string;
  /** The size of the server's pool; it is whole before the first client comes. */
  readonly sizes?: Readonly<Partial<Record<SizeName, number>>>;
  readonly acts: readonly Act[];
  /** What the lanes show, in a sentence; undefined: they do not show what the claim says. */
  readonly seen: (lanes: Lanes) => string | undefined;
}

/** The server's flags for the scene. */
export function flagsFor({ sizes = {} }: Scene): string[] {
  return Object.entries(sizes).flatMap(([size, count]) => [
    `--${SIZES[size as SizeName].flag}`,
    String(count),
  ]);
}

/** Every client of a list connects, in turn. */
export function connect(clients: readonly number[]): Act[] {
  return clients.map((client): Act => [client, "connects"]);
}

/** Every client of a list sends the same line. */
export function send(clients: readonly number[], line: string): Act[] {
  return clients.map((client): Act => [client, "sends", line]);
}

/** The scene goes on when all of them have their replies. */
export function answered(clients: readonly number[]): Act[] {
  return clients.map((client): Act => [client, "is-answered"]);
}

/** The numbers from one to another. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}
