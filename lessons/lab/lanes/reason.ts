/** Why a client waited, and for whom. */
import type { ClientLane } from "./client_lane.ts";

/**
 * What the client waited for:
 * - `business`: a thread worked for another client;
 * - `held`: a thread was with another client, which did not send, or did not read;
 * - `starts-thread`: a thread was being started, for another client or for this one;
 * - `after`: the server tells nothing, but the wait ended as another client got its reply, or left.
 */
export type ReasonKind = "business" | "held" | "starts-thread" | "after";

/** A part of a wait, and for whom it was. */
export interface Reason {
  readonly kind: ReasonKind;
  readonly fromUs: number;
  readonly toUs: number;
  /** For whom. */
  readonly client: ClientLane;
  /** Which of its requests, counted from 1; 0: none of them. */
  readonly request: number;
  /** The thread that was busy, where that is known. */
  readonly thread?: string;
}

/** The reason that took longest; undefined when the client waited for nobody. */
export function mainReason(reasons: readonly Reason[]): Reason | undefined {
  const time = ({ fromUs, toUs }: Reason) => toUs - fromUs;
  return reasons.toSorted((a, b) => time(b) - time(a))[0];
}
