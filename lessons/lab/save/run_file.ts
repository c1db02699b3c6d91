/**
 * A run as a file: trace events for Perfetto, and beside them the run's own events, from which the lab
 * shows it again. A server's trace in NDJSON is a run too, of which only the server has told.
 */
import type { LabEvent } from "../lanes/events.ts";
import { Lanes } from "../lanes/lanes.ts";
import { readTraceLine } from "../lanes/trace_line.ts";
import { traceEvents } from "./trace_events.ts";

/** A run that was saved. */
export interface SavedRun {
  /** The lesson's number; undefined when the file does not say. */
  readonly lesson?: number;
  readonly events: readonly LabEvent[];
}

/** A file that holds no run; the message says why, in one line. */
export class RunFileError extends Error {
  override name = "RunFileError";
}

/** The text of the file. */
export function runFileText({ lesson, events }: SavedRun): string {
  const lanes = lanesOf(events);
  const connfd = { version: 1, lesson, events };
  return `${JSON.stringify({ traceEvents: traceEvents(lanes), displayTimeUnit: "ms", connfd })}\n`;
}

/** The lanes of a saved run. */
export function lanesOf(events: readonly LabEvent[]): Lanes {
  const lanes = new Lanes();
  for (const event of events) lanes.add(event);
  return lanes;
}

/** Reads a file's text. Throws `RunFileError`. */
export function readRunFile(text: string): SavedRun {
  const lines = text.split("\n");
  const events = lines.flatMap((line) => readTraceLine(line) ?? []);
  if (events.length > 0) return { events };
  let file: { connfd?: Partial<SavedRun> & { version?: number } };
  try {
    file = JSON.parse(text);
  } catch {
    throw new RunFileError("it is neither JSON nor a trace in NDJSON");
  }
  const { version, lesson, events: saved } = file?.connfd ?? {};
  if (version !== 1 || !Array.isArray(saved)) throw new RunFileError("no run was saved in it");
  if (!saved.every(isEvent)) throw new RunFileError("its events are none of a run");
  return { lesson: typeof lesson === "number" ? lesson : undefined, events: saved };
}

function isEvent(value: unknown): value is LabEvent {
  const event = value as Partial<LabEvent> | null;
  if (typeof event !== "object" || event === null || !Number.isFinite(event.us)) return false;
  if (event.source === "server") return readTraceLine(JSON.stringify(event)) !== undefined;
  if (event.source === "client") return Number.isSafeInteger(event.client) && !!event.event;
  if (event.source === "grader") {
    return [event.who, event.what].every((one) => typeof one === "string");
  }
  return event.source === "kernel" && Array.isArray(event.connections) &&
    Array.isArray(event.threads);
}
