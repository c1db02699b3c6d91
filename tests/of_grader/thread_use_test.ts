/** Which thread stands out, by what each of them used. */
import { assertEquals } from "@std/assert";
import type { ThreadSample } from "../grader/server/proc.ts";
import { perThread } from "../grader/server/thread_use.ts";
import { leastOf, standsOut } from "../grader/probes/who_did_it.ts";

/** Thread 1, 2, … with so much CPU time. */
function threads(...cpuNs: number[]): ThreadSample[] {
  return cpuNs.map((ns, i) => {
    return { tid: i + 1, pid: 1, name: "t", state: "S", cpuNs: ns, systemTicks: 0, runs: 0 };
  });
}

Deno.test("a thread stands out by what it used meanwhile, not by what it had used before", () => {
  const before = threads(1000, 0);
  const uses = perThread(before, threads(1010, 90, 20), "cpuNs");
  assertEquals(uses.map(({ thread, used }) => [thread.tid, used]), [[2, 90], [3, 20], [1, 10]]);
  assertEquals(standsOut(uses)?.thread.tid, 2);
  assertEquals(standsOut(uses, 91), undefined);
});

Deno.test("who works each time stands out from who works more, and only once", () => {
  const collects = perThread([], threads(300, 500), "cpuNs");
  const rests = perThread([], threads(250, 10), "cpuNs");
  assertEquals(standsOut(collects), undefined);
  assertEquals(standsOut(leastOf(collects, rests))?.thread.tid, 1);
  // A thread that was there once only may have had something else to do.
  assertEquals(leastOf(collects, perThread([], threads(250), "cpuNs")).map(({ used }) => used), [
    250,
    0,
  ]);
});

Deno.test("no thread stands out when another used half as much, or none used anything", () => {
  assertEquals(standsOut(perThread([], threads(40, 20), "cpuNs")), undefined);
  assertEquals(standsOut(perThread([], threads(41, 20), "cpuNs"))?.used, 41);
  assertEquals(standsOut(perThread([], threads(0, 0), "cpuNs")), undefined);
  assertEquals(standsOut([]), undefined);
});
