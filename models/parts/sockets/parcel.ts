/** An accepted connection on its way to another thread: what both sides of `handover.ts` agree on. */
import type { AcceptedSocket } from "../accept.ts";

/** The descriptor way: the number of a descriptor, and the cell that says who owns it. */
export interface DescriptorMessage {
  /** Which of the two ways this is. */
  readonly way: "descriptor";
  /** The descriptor's number in this process. */
  readonly fd: number;
  /** The claim cell. */
  readonly claim: Int32Array<SharedArrayBuffer>;
}

/** The stream way: the two streams of a connection, to be posted with both in the transfer list. */
export interface StreamMessage {
  /** Which of the two ways this is. */
  readonly way: "stream";
  /** What the client sends; ends at its half-close. */
  readonly readable: ReadableStream<Uint8Array>;
  /** What the client gets; closing it is the half-close. */
  readonly writable: WritableStream<Uint8Array>;
  /** How many bytes of it the operating system has, modulo 2 ** 32: one cell. */
  readonly written: Int32Array<SharedArrayBuffer>;
}

/** The descriptor way on the kernel floor, where nobody has to make a socket of it first. */
export interface KernelMessage {
  /** Which of the ways this is. */
  readonly way: "kernel";
  /** The descriptor's number in this process. */
  readonly fd: number;
  /** Whether the thread is to block for it; otherwise it multiplexes. */
  readonly blocks: boolean;
  /** The claim cell. */
  readonly claim: Int32Array<SharedArrayBuffer>;
}

/** What is posted to the thread. */
export type HandoverMessage = DescriptorMessage | StreamMessage | KernelMessage;

/** A connection on its way to another thread. */
export interface Parcel {
  /** What to post to the thread, which calls `openHandedOver` with it. */
  readonly message: HandoverMessage;
  /** What has to be moved along with the message, and not copied. */
  readonly transfer: Transferable[];
  /**
   * To be called once the thread has ended: closes what it never opened or left open.
   *
   * @returns whether the connection is still to be counted as closed.
   */
  reclaim(): boolean;
}

/** An accepted socket that can be handed over; after `handOver()` it is not to be used here. */
export interface HandoverSocket extends AcceptedSocket {
  /** Gives the socket away; to be called once. */
  handOver(): Parcel;
}
