/**
 * What happened, when, on which thread: one event a line on standard output.
 *
 * A line is written by the thread on which the event happened, in one synchronous write, so lines of
 * several threads never mix, and a thread that is about to block has said so before. When the trace
 * is off there is no trace function at all: a call site reads `trace?.(…)` and then evaluates none of
 * its arguments.
 */
import {
  blue,
  bold,
  cyan,
  dim,
  green,
  magenta,
  red,
  setColorEnabled,
  yellow,
} from "@std/fmt/colors";

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
  /** The thread on which it happened: `main`, `worker-2`. */
  thread: string;
  /** What happened. */
  event: TraceEvent;
  /** Connections are counted from 1, by each process for itself; 0: the event belongs to none. */
  connection: number;
  /** More about it, such as "14 bytes"; may contain what a client sent. */
  detail: string;
}

/** Reports one event of one thread. */
export type Trace = (event: TraceEvent, connection: number, detail?: string) => void;

const encoder = new TextEncoder();
const COLOURS = [cyan, green, magenta, yellow, blue, red];
const COLUMNS = 80;
/** Controls, direction marks and line separators: what a client sends must not steer the terminal. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;
/** From here on a character may take two columns, as Chinese ones do. */
const FIRST_WIDE = "\u1100";

/** The time now in ms, on a clock that all threads of the process share. */
export function sharedClockMs(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Makes the trace of one thread.
 *
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
  setColorEnabled(!Deno.noColor && Deno.stdout.isTerminal());
  return (event, connection, detail = "") => {
    const us = Math.round((sharedClockMs() - startedAtMs) * 1000);
    writeWhole(encoder.encode(format({ us, thread, event, connection, detail }) + "\n"));
  };
}

/** A line for a person: seconds, thread, connection, event, detail; at most 80 columns. */
export function prettyLine({ us, thread, event, connection, detail }: TraceLine): string {
  const time = (us / 1e6).toFixed(6).padStart(11);
  const who = thread.padEnd(10);
  const which = (connection === 0 ? "" : `#${connection}`).padEnd(4);
  const head = `${dim(time)}  ${colourOf(thread)(who)} ${which} `;
  if (detail === "") return head + bold(event);
  const what = event.padEnd(12);
  const room = COLUMNS - `${time}  ${who} ${which} ${what} `.length;
  return `${head}${bold(what)} ${fit(detail, room)}`.trimEnd();
}

/** The text in at most `columns` columns, each character that doesn't print as a dot. */
function fit(text: string, columns: number): string {
  let shown = "", whole = "", width = 0;
  for (const char of text.replace(UNPRINTABLE, "·")) {
    width += char < FIRST_WIDE ? 1 : 2;
    if (width > columns) return shown + "…";
    whole += char;
    if (width < columns) shown = whole;
  }
  return whole;
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
