/**
 * What every model takes and returns. The shape follows `Deno.serve`: `serve()` listens, starts the
 * server in the background and returns at once.
 */
import type { Sizes } from "./sizes.ts";
import type { TraceMode } from "./server/trace.ts";

/**
 * Options of every model's `serve()`. What a model has no use for, it ignores. The sizes, such as
 * `maxConnections` and `workers`, are those of the table in `sizes.ts`.
 */
export interface ServeOptions extends Sizes {
  /** Address to listen on. Default: 127.0.0.1, so that only this machine can connect. */
  hostname?: string;
  /** Port to listen on; 0, the default, lets the operating system choose a free one. */
  port?: number;
  /**
   * A connection on which no byte has moved for so long is closed, up to a quarter of that time
   * later; never while a request is in hand. 0: never at all. Default: 300,000.
   */
  idleTimeoutMs?: number;
  /** What the server stands on, see `listen.ts`. Default: "deno". */
  io?: Floor;
  /** Models 2 and 5: how a connection gets from the main thread to its thread. Default: "auto". */
  handover?: HandoverWay;
  /** What happened, when, on which thread, as lines on standard output. Default: "off". */
  trace?: TraceMode;
  /**
   * Memory that holds the stop cell, for a caller that must be able to stop a server whose main
   * thread is asleep in `SLEEP`: from `SharedState.allocate()`, see there. Default: the server's own.
   */
  sharedMemory?: SharedArrayBuffer;
  /**
   * Called once, when the server listens and before the trace says anything; `serve()` has not
   * returned yet. `Deno.serve` has the same option.
   */
  onListen?: (addr: Deno.NetAddr) => void;
}

/**
 * What a server stands on: Deno's sockets and its event loop, or the system calls themselves. On the
 * kernel floor the thread that calls `serve()` belongs to the server from its next turn on: it blocks,
 * runs no timer and hears no message, until the server is stopped by the stop cell in `sharedMemory`.
 */
export type Floor = "deno" | "kernel";

/** How an accepted connection is handed to another thread: see `handover.ts`. */
export type HandoverWay = "auto" | "descriptor" | "stream";

/** A server that listens. */
export interface Server {
  /** The address that the server listens on, with the port that the system chose. */
  readonly addr: Deno.NetAddr;
  /** Settles when the listening socket, every connection and every thread of the server are gone. */
  readonly finished: Promise<void>;
  /**
   * Stops accepting, lets business go that waits, sends the replies in hand, closes every
   * connection, and ends the threads. Safe to call more than once.
   *
   * @returns `finished`.
   */
  shutdown(): Promise<void>;
}

/** How long `shutdown()` waits for clients that don't take their replies, in ms. */
export const SHUTDOWN_GRACE_MS = 1000;
