/** A racer as the page draws it: its lanes as spans from the moment when the clients asked, and figures. */
import type { ClientState } from "../lanes/client_spans.ts";

/** A state of a client, in µs since the clients asked. */
export type ShownSpan = readonly [state: ClientState, fromUs: number, toUs: number];

/** What the page gets; what was not to be measured is not there. */
export interface ShownRacer {
  readonly name: string;
  readonly trouble?: string;
  /** How long the lanes are. */
  readonly spanUs: number;
  /** Of each client. */
  readonly lanes: readonly (readonly ShownSpan[])[];
  readonly atOnce?: number;
  readonly lastReplyMs?: number;
  /** The latency below which a part of the requests stays: from none to all, in even steps. */
  readonly percentilesMs: readonly number[];
  readonly threads?: number;
  readonly memoryMib?: number;
  readonly cpuMs?: number;
}
