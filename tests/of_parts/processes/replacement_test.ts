/** Who dies early is replaced later and later: counted, by timers that only the test lets go off. */
import { assertEquals } from "@std/assert";
import { IoThreads } from "../../../models/parts/io_threads.ts";
import { earlyDeaths, waitForNextMs } from "../../../models/parts/threads/replacement.ts";
import { newContext, until, within } from "../helpers.ts";

const DIES = new URL("dies_at_start.ts", import.meta.url).href;
const GRACE_MS = 20_000;

/** The waits before the successors of those that lived so long. */
function waits(livedMs: readonly number[]): number[] {
  let early = 0;
  return livedMs.map((ms) => waitForNextMs(early = earlyDeaths(early, ms)));
}

Deno.test("replacement: the wait doubles with each early death, up to 5 s", () => {
  assertEquals(waits(Array(10).fill(1)), [40, 80, 160, 320, 640, 1280, 2560, 5000, 5000, 5000]);
});

Deno.test("replacement: who has lived for a second is replaced soon, whatever was before", () => {
  assertEquals(waits([1, 999, 1000, 1_000_000, 1]), [40, 80, 20, 20, 40]);
});

Deno.test("IoThreads: a thread that dies at its start is not started again before its time", async () => {
  const [setTimer, now, report] = [globalThis.setTimeout, performance.now, console.error];
  const waiting: { ms: number; start: () => void }[] = [];
  let died = 0;
  console.error = () => died++;
  // However slow this machine is, each of them dies early.
  performance.now = () => 0;
  const context = newContext();
  const threads = new IoThreads(DIES, 1, context);
  globalThis.setTimeout =
    ((start: () => void, ms: number) =>
      ms < 40 ? setTimer(start, ms) : waiting.push({ ms, start })) as typeof setTimeout;
  try {
    for (const [i, ms] of [40, 80, 160, 320, 640].entries()) {
      await until(() => waiting.length === 1, "the wait for the next thread");
      assertEquals([waiting[0].ms, died, context.state.counters.threads], [ms, i + 1, 1]);
      waiting.shift()!.start();
      assertEquals(context.state.counters.threads, 2);
    }
    await until(() => waiting.length === 1, "the last wait");
  } finally {
    Object.assign(globalThis, { setTimeout: setTimer });
    Object.assign(performance, { now });
    console.error = report;
  }
  threads.finish(GRACE_MS);
  await within(threads.allExited(), "the end");
});
