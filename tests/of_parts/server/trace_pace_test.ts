/** TracePace: what a person types is written at once; many lines gather. */
import { assert, assertEquals } from "@std/assert";
import { TracePace } from "../../../models/parts/server/trace_pace.ts";

Deno.test("TracePace: the lines of a command a person types are written as they come", () => {
  const pace = new TracePace();
  for (let command = 0; command < 100; command++) {
    const typedMs = 1000 + command * 100;
    for (let line = 0; line < 7; line++) assertEquals(pace.restMs(1, typedMs + line), 0);
  }
});

Deno.test("TracePace: where lines come all the time the writer rests, never for more than 10 ms", () => {
  const pace = new TracePace();
  let [nowMs, writes] = [1000, 0];
  // As many as come in a second of 2,000 events.
  pace.restMs(500, nowMs);
  for (let lines = 1, left = 2000; left > 0; left -= lines, writes++) {
    const restMs = pace.restMs(lines, nowMs);
    assert(restMs <= 10);
    lines = Math.max(1, Math.round(restMs * 2));
    nowMs += lines / 2;
  }
  assert(writes < 300, `${writes} writes`);
});

Deno.test("TracePace: after a flood it is as before", () => {
  const pace = new TracePace();
  for (let ms = 0; ms < 1000; ms++) pace.restMs(500, 1000 + ms);
  assert(pace.restMs(1, 2000) > 0);
  for (let line = 0; line < 400; line++) assertEquals(pace.restMs(1, 4000), 0);
});
