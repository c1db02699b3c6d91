/**
 * What happened, when, on which thread: one event a line on standard output.
 *
 * A line goes into a ring in shared memory at once, as JSON, on the thread on which the event happened,
 * and a thread of its own writes it, for a person if one reads it: so lines stand in the order in which
 * things happened, a thread that is about to block has said so before, and a terminal that does not read
 * (Ctrl-S, `| less`) holds up no thread that serves. What it has no room for is dropped, and counted in a line of its own. When the
 * trace is off there is no trace function at all: a call site reads `trace?.(…)` and then evaluates
 * none of its arguments.
 */
import { blue, bold, cyan, dim, green, magenta, red, yellow } from "@std/fmt/colors";
import { safeJson, safeText } from "../protocol/safe_text.ts";
import type { TraceEvent, TraceLine } from "./trace_line.ts";

export type { TraceEvent, TraceLine };

/** Lines for a person, only those that most look for, NDJSON for a program, or nothing. */
export type TraceMode = "pretty" | "quiet" | "json" | "off";

/** Reports one event of one thread. */
export type Trace = (event: TraceEvent, connection: number, detail?: string) => void;

/** What the thread that writes the trace is told; plain data. */
export interface TraceStart {
  /** What the trace looks like. */
  readonly mode: TraceMode;
  /** When the server started, by `sharedClockMs()`. */
  readonly startedAtMs: number;
  /** The memory of `TraceRing`. */
  readonly memory: SharedArrayBuffer;
}

/** Of a detail so many characters are kept. */
const MOST_DETAIL = 256;
const COLOURS = [cyan, green, magenta, yellow, blue, red];
const COLUMNS = 80;
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
 * @param write takes each line, in JSON, with its end.
 * @returns the thread's trace function; undefined when the mode is off.
 */
export function createTrace(
  mode: TraceMode,
  thread: string,
  startedAtMs: number,
  write: (line: string) => void,
): Trace | undefined {
  if (mode === "off") return undefined;
  const named = `"thread":${safeJson(thread)}`;
  // Put together by hand: an object a line, and its way through JSON, would take as long as a PING.
  return (event, connection, text = "") => {
    const us = Math.round((sharedClockMs() - startedAtMs) * 1000);
    const detail = safeJson(text.slice(0, MOST_DETAIL));
    const clock = event === "listen" ? `,"startedAtMs":${startedAtMs}` : "";
    const about = `"event":"${event}","connection":${connection},"detail":${detail}${clock}`;
    write(`{"us":${us},${named},${about}}\n`);
  };
}

/** The line that says how many are missing. */
export function droppedLine(startedAtMs: number, count: number): TraceLine {
  const us = Math.round((sharedClockMs() - startedAtMs) * 1000);
  const detail = `${count} lines, which nobody read`;
  return { us, thread: "trace", event: "dropped", connection: 0, detail };
}

/**
 * A line for a person: seconds, thread, connection, event, detail; at most 80 columns.
 *
 * @param note comes behind the detail, which is cut short for it; it fits.
 */
export function prettyLine(line: TraceLine, note = ""): string {
  const { us, thread, event, connection, detail } = line;
  const time = (us / 1e6).toFixed(6).padStart(11);
  const who = thread.padEnd(10);
  const which = (connection === 0 ? "" : `#${connection}`).padEnd(4);
  const head = `${dim(time)}  ${colourOf(thread)(who)} ${which} `;
  const said = note === "" ? "" : `, ${note}`;
  if (detail + said === "") return head + bold(event);
  const what = event.padEnd(12);
  const room = COLUMNS - `${time}  ${who} ${which} ${what} ${said}`.length;
  return `${head}${bold(what)} ${fit(detail, room)}${said}`.trimEnd();
}

/** The text in at most `columns` columns, each character that doesn't print as a dot. */
function fit(text: string, columns: number): string {
  let shown = "", whole = "", width = 0;
  for (const char of safeText(text, () => "·")) {
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
