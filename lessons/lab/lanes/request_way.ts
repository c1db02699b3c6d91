/** The way of one request, from the client through the server and back. */

/** When what happened to it, and on which thread; times in microseconds. What is not known, or has not happened yet, is undefined. */
export interface RequestWay {
  /** Counted from 1 in its connection. */
  readonly number: number;
  /** The command as the client sent it; empty when only the server told of it. */
  text: string;
  /** When the client sent it, by the client's clock. */
  sentUs?: number;
  /** A sample of the kernel had it unread. */
  seenUnread?: boolean;
  /** When the server read its first bytes, and on which thread. */
  noticedUs?: number;
  noticedBy?: string;
  /** When the server read its last bytes; with those it was whole. */
  readUs?: number;
  readBy?: string;
  /** When it was put into a queue, the last time if there were several. */
  queuedUs?: number;
  /** Its business, and on which thread. */
  startUs?: number;
  finishUs?: number;
  doneBy?: string;
  /** When its reply began to be written. */
  writeUs?: number;
  writtenBy?: string;
  /** When the client had the reply, by the client's clock. */
  replyUs?: number;
  reply?: string;
}
