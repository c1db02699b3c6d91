/**
 * What threads of one server say to each other. Each message has a `kind`, which tells what else is in
 * it; who listens names the kinds that can come: `Gift | Finish`. What a message is about may have a
 * file of its own, as `loan_messages.ts` has.
 */
import type { HandoverMessage } from "./sockets/parcel.ts";

/** Any message. */
export interface Message {
  /** Which one it is. */
  readonly kind: string;
}

/** To any thread: the server stops. End what you have in hand, take nothing new, and end. */
export interface Finish extends Message {
  /** Which one it is. */
  readonly kind: "finish";
}

/** The one message of its kind. */
export const FINISH: Finish = { kind: "finish" };

/** To a thread with an event loop: a connection that is now yours. */
export interface Gift extends Message {
  /** Which one it is. */
  readonly kind: "gift";
  /** The connection's number. */
  readonly id: number;
  /** What is opened in the thread. */
  readonly message: HandoverMessage;
}

/** To the main thread: a connection that was given is closed. */
export interface Closed extends Message {
  /** Which one it is. */
  readonly kind: "closed";
  /** The connection's number. */
  readonly id: number;
}
