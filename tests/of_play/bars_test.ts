/** The parts of the games: what is drawn, what is a hit, and the bars. */
import { assert, assertEquals } from "@std/assert";
import { drawBars } from "../../lessons/play/bars.ts";
import { drawn } from "../../lessons/play/draw.ts";
import { isHit } from "../../lessons/play/hit.ts";
import { assertNarrow } from "../of_lessons/lesson_process.ts";

Deno.test("what was missed is asked first, then others, each once", () => {
  const bank = ["a", "b", "c", "d"].map((id) => ({ id }));
  const ids = (missed: string[], count: number) =>
    drawn(bank, missed, count, () => 0).map(({ id }) => id);
  assertEquals(ids(["c", "gone"], 3), ["c", "a", "b"]);
  assertEquals(ids(["d", "b"], 1), ["d"]);
  assertEquals(ids([], 9).sort(), ["a", "b", "c", "d"]);
});

Deno.test("a count has to be right, a time may be off by a quarter", () => {
  assertEquals([4, 5].map((count) => isHit(count, 5, "threads")), [false, true]);
  assertEquals([899, 900, 1500, 1501].map((ms) => isHit(ms, 1200, "ms")), [
    false,
    true,
    true,
    false,
  ]);
  assert(isHit(5, 30, "ms"), "so short times differ by themselves");
});

Deno.test("bars: both on one axis, in 80 columns, down to nothing at all", () => {
  const bars = (said: number, seen: number) =>
    drawBars([
      { name: "predicted", value: said, text: `${said} ms` },
      { name: "measured", value: seen, text: `${seen} ms` },
    ], 80);
  const [predicted, measured] = bars(600, 1200).map((line) => line.match(/#/g)?.length ?? 0);
  assert(Math.abs(measured - 2 * predicted) <= 1, `${predicted} and ${measured}`);
  for (const lines of [bars(600, 1200), bars(0, 0), bars(1_000_000, 1)]) {
    assertNarrow(lines.join("\n"));
    assertEquals(lines.length, 4);
  }
  assert(!bars(0, 0).join("").includes("#"));
});
