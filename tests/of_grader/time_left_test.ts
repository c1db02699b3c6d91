/** How long a class will still take: nothing is said before something is known, nor at the end. */
import { assertEquals, assertMatch } from "@std/assert";
import { TimeLeft } from "../grader/class/time_left.ts";

Deno.test("TimeLeft: after four that were graded, until the last; what was kept says nothing", () => {
  const left = new TimeLeft(10);
  for (let i = 0; i < 4; i++) left.done(false);
  assertEquals(left.text, "");
  for (let i = 0; i < 4; i++) left.done(true);
  assertMatch(left.text, /^, (a minute left at most|some \d+ minutes left)$/);
  left.done(true);
  left.done(true);
  assertEquals(left.text, "");
});
