/** Reads lines of NDJSON: the trace of a server, and events as a run's file keeps them. */
import type { TraceEvent } from "../../../models/parts/server/trace_line.ts";
import type { ServerEvent } from "./events.ts";

const EVENTS: ReadonlySet<string> = new Set<TraceEvent>([
  "listen",
  "accept",
  "give",
  "read",
  "queue",
  "start",
  "finish",
  "write",
  "close",
  "thread-start",
  "thread-exit",
]);

/** One line of a server's trace; undefined when it is none, such as what a program says besides. */
export function readTraceLine(line: string): ServerEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  let value: Partial<ServerEvent>;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { us, thread, event, connection, detail } = value;
  if (!Number.isFinite(us) || !Number.isSafeInteger(connection) || !EVENTS.has(String(event))) {
    return undefined;
  }
  if (typeof thread !== "string" || typeof detail !== "string") return undefined;
  const { startedAtMs } = value;
  const clock = Number.isFinite(startedAtMs) ? { startedAtMs } : {};
  return { source: "server", us, thread, event, connection, detail, ...clock } as ServerEvent;
}
