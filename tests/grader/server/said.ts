/**
 * What a program under test has written, as lines to quote: the line that says why it died, first, and
 * not what stands around it. Nothing here is relied on.
 */
import { stripAnsiCode } from "@std/fmt/colors";

/** What begins the report of an error, in the languages that servers are written in. */
const REPORTS: readonly RegExp[] = [
  /^error: /, // Deno
  /^thread '.*' (\(\d+\) )?panicked at/, // Rust
  /^(panic|fatal error): /, // Go
  /^Exception in thread /, // Java
  /^\w[\w.]*(Error|Exception)\b(: |$)/, // Python, Node
  /^\S+: in .+\((\w+)\)$/, // Ruby
  /ERROR: \w+Sanitizer/,
  /^terminate called /, // C++
];
/** A line of a stack trace, a picture of the place, or advice to turn something on. */
const AROUND =
  /^\s+at .|^\s*\^+~*\s*$|^Traceback |^\s+File "|^note: run with|^Node\.js v|^goroutine \d+ \[/;

/** The lines that are worth showing: without colours, stack traces and empty ones. */
export function tellingLines(output: string): string[] {
  const lines = stripAnsiCode(output).split(/\r?\n/);
  const telling: string[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "" || AROUND.test(line)) continue;
    // Below Deno's error stands the line of source, and then a mark below it.
    if (/^\s*\^/.test(lines[i + 1] ?? "")) continue;
    telling.push(/^error: /.test(line) ? withPlace(line, lines.slice(i + 1)) : line.trimEnd());
  }
  return telling;
}

/** Of Deno's error: `exercise.ts:41:7: TypeError: x is not a function`. */
function withPlace(line: string, below: readonly string[]): string {
  const text = line.slice("error: ".length).replace(/^Uncaught (\(.*?\) )*/, "");
  const end = below.findIndex((one) => /^error: /.test(one));
  const trace = below.slice(0, end === -1 ? below.length : end);
  const place = trace.map((one) => /^\s+at (?:.*\()?(\S+?:\d+:\d+)\)?$/.exec(one)?.[1])
    .find((one) => one !== undefined && !/^(ext|node|file|https?):/.test(one));
  return place === undefined ? text : `${place}: ${text}`;
}

/** The line that is likely to say why the program ended; undefined when it said nothing. */
export function tellingLine(output: string): string | undefined {
  const lines = tellingLines(output);
  const at = lines.findIndex((line) => REPORTS.some((report) => report.test(line)));
  if (at === -1) return lines.find(hasPlace) ?? lines[0];
  // Rust writes the message below the place.
  return /panicked at/.test(lines[at]) ? [lines[at], lines[at + 1] ?? ""].join(" ") : lines[at];
}

/** Whether the line names a place in a file. */
function hasPlace(line: string): boolean {
  return /^\S+:\d+:\d+: /.test(line);
}
