/** What a connection is told by the server around it. */
import type { Trace } from "../server/trace.ts";

/** What a connection needs from the server around it. */
export interface ConnectionOptions {
  /** The connection's number, from 1. */
  readonly id: number;
  /** 0: never. */
  readonly idleTimeoutMs: number;
  /** Space for each read, at least. Default: what there is. */
  readonly chunkBytes?: number;
  /** Where reads, writes and the close are reported. */
  readonly trace?: Trace;
  /** Called once, when the socket is freed. */
  readonly onClosed?: () => void;
}
