/** A line of the trace, for whoever reads it: a page in a browser too. */

/** Everything that can happen. */
export type TraceEvent =
  | "listen"
  | "accept"
  /** The connection is another thread's from now on. */
  | "give"
  | "read"
  | "queue"
  | "start"
  | "finish"
  | "write"
  | "close"
  | "thread-start"
  | "thread-exit"
  /** Nobody read the trace: so many lines are missing here. */
  | "dropped";

/** One line of the NDJSON trace. */
export interface TraceLine {
  /** Microseconds since the server started. The clock is the same for all threads. */
  us: number;
  /** The thread on which it happened: `main`, `worker-2`. */
  thread: string;
  /** What happened. */
  event: TraceEvent;
  /** Connections are counted from 1, by each process for itself; 0: the event belongs to none. */
  connection: number;
  /** More about it, such as "14 bytes"; may contain what a client sent. */
  detail: string;
  /** With `listen`: when the server started, by `sharedClockMs()`; the zero of every `us`. */
  startedAtMs?: number;
}
