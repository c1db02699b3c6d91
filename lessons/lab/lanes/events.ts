/**
 * What lanes are made from: lines of the server's trace, what its clients did by their own clocks, and
 * samples of what the kernel knows of both. Plain data, as it travels in NDJSON.
 *
 * All times are microseconds since the server started, on one clock.
 */
import type { TraceLine } from "../../../models/parts/server/trace_line.ts";

/** A line of the server's trace. */
export interface ServerEvent extends TraceLine {
  readonly source: "server";
}

/** What a client can do, or what can happen to it. */
export type ClientAction =
  | "connect"
  | "connected"
  | "send"
  | "reply"
  | "half-close"
  | "close"
  | "lost";

/** Something that a client did or met, by the client's own clock. */
export interface ClientEvent {
  readonly source: "client";
  readonly us: number;
  /** Which client; clients are counted from 1. */
  readonly client: number;
  readonly event: ClientAction;
  /** With `connected`: its own port, by which the server's trace knows it. */
  readonly port?: number;
  /** What it sent or got, or why it was lost; may contain what a stranger sent. */
  readonly detail?: string;
}

/** The server's end of a connection, as the kernel sees it. */
export interface ConnectionSample {
  /** The client's port. */
  readonly port: number;
  /** False while it lies in the accept queue. */
  readonly accepted: boolean;
  /** Bytes that came and that the server has not read. */
  readonly unread: number;
  /** Bytes that the server wrote and that the client has not acknowledged. */
  readonly unsent: number;
}

/** A thread of the server, as the kernel sees it. */
export interface ThreadSample {
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  /** R: runs, or waits for a core. S, D: waits. */
  readonly state: string;
  /** CPU time since the thread started, in nanoseconds. */
  readonly cpuNs: number;
}

/** What the kernel knew at one moment. */
export interface KernelSample {
  readonly source: "kernel";
  readonly us: number;
  /** Connections that nobody has accepted yet. */
  readonly acceptQueue: number;
  readonly connections: readonly ConnectionSample[];
  readonly threads: readonly ThreadSample[];
}

/** A step of an experiment that is made on the server. */
export interface GraderStep {
  readonly source: "grader";
  readonly us: number;
  /** Who did or met it: `client 1`, `server`, `kernel`. */
  readonly who: string;
  readonly what: string;
  /** The number of the client whose step it is. */
  readonly client?: number;
}

/** Anything that lanes are made from. */
export type LabEvent = ServerEvent | ClientEvent | KernelSample | GraderStep;
