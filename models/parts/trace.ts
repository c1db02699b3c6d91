/**
 * What happened, when, on which thread: one event a line on standard output.
 *
 * A line is written by the thread on which the event happened, in one synchronous write, so lines of
 * several threads never mix, and a thread that is about to block has said so before. When the trace
 * is off there is no trace function at all: a call site reads `trace?.(…)` and then evaluates none of
 * its arguments.
 */
import { blue, bold, cyan, dim, green, magenta, red, yellow } from "@std/fmt/colors";

/** Lines for a person, NDJSON for a program, or nothing. */
export type TraceMode = "pretty" | "json" | "off";

/** Everything that can happen. */
export type TraceEvent =
  | "listen"
  | "accept"
  | "read"
  | "queue"
  | "start"
  | "finish"
  | "write"
  | "close"
  | "thread-start"
  | "thread-exit";

/** One line of the NDJSON trace. */
export interface TraceLine {
  /** Microseconds since the server started. The clock is the same for all threads. */
  us: number;
  thread: string;
  event: TraceEvent;
  /** Connections are counted from 1; 0: the event belongs to none. */
  connection: number;
  detail: string;
}

/** Reports one event of one thread. */
export type Trace = (event: TraceEvent, connection: number, detail?: string) => void;

const encoder = new TextEncoder();
const COLOURS = [cyan, green, magenta, yellow, blue, red];

/** The time now in ms, on a clock that all threads of the process share. */
export function sharedClockMs(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * @param startedAtMs when the server started, by `sharedClockMs()`.
 * @returns the thread's trace function; undefined when the mode is off.
 */
export function createTrace(
  mode: TraceMode,
  thread: string,
  startedAtMs: number,
): Trace | undefined {
  if (mode === "off") return undefined;
  const format = mode === "json" ? JSON.stringify : prettyLine;
  return (event, connection, detail = "") => {
    const us = Math.round((sharedClockMs() - startedAtMs) * 1000);
    writeWhole(encoder.encode(format({ us, thread, event, connection, detail }) + "\n"));
  };
}

/** A line for a person: seconds, thread, connection, event, detail; at most 80 columns. */
export function prettyLine({ us, thread, event, connection, detail }: TraceLine): string {
  const time = (us / 1e6).toFixed(6).padStart(11);
  const which = (connection === 0 ? "" : `#${connection}`).padEnd(5);
  const text = detail.length > 37 ? detail.slice(0, 36) + "…" : detail;
  return `${dim(time)}  ${colourOf(thread)(thread.padEnd(10))} ${which}${
    bold(event.padEnd(12))
  } ${text}`.trimEnd();
}

/** A thread keeps its colour: main is plain, the others take turns by the number in their name. */
function colourOf(thread: string): (text: string) => string {
  const number = /\d+$/.exec(thread);
  return number ? COLOURS[Number(number[0]) % COLOURS.length] : (text) => text;
}

function writeWhole(line: Uint8Array): void {
  try {
    for (let sent = 0; sent < line.length;) sent += Deno.stdout.writeSync(line.subarray(sent));
  } catch {
    // Whoever read the trace is gone (`| head`). The server goes on without a reader.
  }
}
