/** The trace for a person: who waited behind whom, and what is left out when it is to be quiet. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { stripAnsiCode } from "@std/fmt/colors";
import type { TraceMode } from "../../../models/parts/server/trace.ts";
import type { TraceEvent, TraceLine } from "../../../models/parts/server/trace_line.ts";
import { TraceText } from "../../../models/parts/server/trace_text.ts";

/** Lines such as `5 main accept 1`: ms, thread, event, connection, detail. */
function shown(mode: TraceMode, story: string): string[] {
  const text = new TraceText(mode);
  return story.trim().split("\n").flatMap((told) => {
    const [ms, thread, event, connection, ...rest] = told.trim().split(/ +/);
    const line: TraceLine = {
      us: Number(ms) * 1000,
      thread,
      event: event as TraceEvent,
      connection: Number(connection),
      detail: rest.join(" "),
    };
    return stripAnsiCode(text.line(line) ?? "").split("\n").filter((one) => one !== "");
  });
}

const POOL = `
  1   main     read   1 11 bytes
  1   main     queue  1 SLEEP 150
  1   worker-1 start  1 SLEEP 150
  2   main     queue  2 SLEEP 150
  3   main     queue  2 PING
  4   main     queue  3 PING
  151 worker-1 finish 1 SLEEP
  152 worker-1 start  2 SLEEP 150
  302 worker-1 finish 2 SLEEP
  302 worker-1 start  2 PING
  303 worker-1 finish 2 PING
  303 worker-2 start  3 PING`;

Deno.test("TraceText: a start says how long its request waited, and behind whom", () => {
  const starts = shown("pretty", POOL).filter((line) => line.includes(" start "));
  assertEquals(starts.map((line) => line.replace(/^.* start +/, "")), [
    "SLEEP 150",
    "SLEEP 150, waited 150 ms behind #1",
    "PING, waited 299 ms behind #2",
    // Another thread did it, and what that one did before nobody told.
    "PING",
  ]);
});

Deno.test("TraceText: processes count connections for themselves, and do not wait for each other", () => {
  const lines = shown(
    "pretty",
    `1   process-1 read   1 6 bytes
     2   process-2 read   1 6 bytes
     2   process-2 start  1 PING
     90  process-1 start  1 PING`,
  );
  assertMatch(lines[2], /PING$/);
  assertMatch(lines[3], /PING$/);
});

Deno.test("TraceText: a long request leaves room for what it waited, in 80 columns", () => {
  const story = `1 main read 1 99 bytes\n1999 main finish 2 SLEEP\n` +
    `2000 main start 1 ECHO ${"線".repeat(200)}`;
  const [, , start] = shown("pretty", story);
  assertMatch(start, /ECHO 線+…, waited 1999 ms behind #2$/);
  assert(start.length + (start.match(/線/g)?.length ?? 0) <= 80, start);
});

Deno.test("TraceText: quiet leaves out what every request does", () => {
  const events = shown("quiet", POOL).map((line) => line.slice(29).split(" ")[0]);
  assertEquals(new Set(events), new Set(["start", "finish"]));
  const others = shown("quiet", "1 main accept 1 x\n2 t thread-start 0\n3 trace dropped 0 5 lines");
  assertEquals(others.length, 3);
});
