/** The limit in the time that the machine had for us. */
import { assert, assertEquals } from "@std/assert";
import { afterFairTime, shareOf } from "../grader/experiment/fair_time.ts";

const loadavg = (running: number) => `9.51 7.20 3.11 ${running}/412 12345\n`;

Deno.test("shareOf: others that want the cores make a second count for less, and for a third at least", () => {
  assertEquals(shareOf("", 0, 2), 1);
  assertEquals(shareOf(loadavg(2), 0, 2), 1);
  assertEquals(shareOf(loadavg(4), 0, 2), 0.5);
  assertEquals(shareOf(loadavg(20), 0, 2), 1 / 3);
});

Deno.test("shareOf: threads of the server's own take nothing from it", () => {
  assertEquals(shareOf(loadavg(9), 8, 2), 1);
});

Deno.test("afterFairTime: tells the time by the clock once, and nothing when it was ended before", async () => {
  // Its timer would be left behind, and named by the test runner.
  afterFairTime(1, () => 0, () => {})();
  const clockMs = await new Promise<number>((over) => afterFairTime(1, () => 0, over));
  assert(clockMs >= 1, `${clockMs}`);
});
