/** What threads say to each other about a connection that is lent: see `threads/lending.ts`. */
import type { DescriptorMessage, KernelMessage } from "../sockets/parcel.ts";
import type { Message } from "../thread_messages.ts";

/** A ready connection on its way to an event thread. */
export interface Loan extends Message {
  /** Which message it is. */
  readonly kind: "loan";
  /** The connection's number. */
  readonly id: number;
  /** What was read from it and belongs to no request yet. */
  readonly rest: Uint8Array;
  /** A duplicate of its descriptor. */
  readonly message: DescriptorMessage | KernelMessage;
}

/** A connection on its way back to the thread that watches it. */
export interface Back extends Message {
  /** Which message it is. */
  readonly kind: "back";
  /** The connection's number. */
  readonly id: number;
  /** What the event thread read and did not use. */
  readonly rest: Uint8Array;
  /**
   * Whether the connection waits for bytes, is ready already, since the rest may be a whole request,
   * is to be closed, or is closed but for the lender's descriptor.
   */
  readonly state: "open" | "ready" | "ended" | "closed";
}
