/** TraceRing: lines from many threads to one, whole and in order; what has no room is counted. */
import { assert, assertEquals } from "@std/assert";
import { TraceRing } from "../../../models/parts/server/trace_ring.ts";
import { nextTurn, text, until, within } from "../helpers.ts";

const PLACES = 1024, PLACE_BYTES = 2048;

function takeAll(ring: TraceRing): string[] {
  const lines: string[] = [];
  for (let line = ring.take(); line !== undefined; line = ring.take()) lines.push(text(line));
  return lines;
}

Deno.test("TraceRing: lines come out as they went in, through many rounds", () => {
  const ring = new TraceRing(TraceRing.allocate());
  for (let round = 0; round < 5; round++) {
    const lines = Array.from({ length: 900 }, (_, i) => `${round} ${i} ${"x".repeat(i % 100)}`);
    for (const line of lines) ring.push(line);
    assertEquals(takeAll(ring), lines);
  }
  assertEquals(ring.takeDropped(), 0);
});

Deno.test("TraceRing: nobody takes: the first lines are kept, the others counted, none waits", () => {
  const ring = new TraceRing(TraceRing.allocate());
  for (let i = 0; i < PLACES + 500; i++) ring.push(`${i}`);
  ring.push("x".repeat(PLACE_BYTES + 1));
  ring.push("線".repeat(PLACE_BYTES / 2));
  assert(ring.full);
  ring.drop();
  assertEquals(takeAll(ring), Array.from({ length: PLACES }, (_, i) => `${i}`));
  assertEquals([ring.takeDropped(), ring.takeDropped()], [503, 0]);
  assert(!ring.full);
  ring.push("again");
  assertEquals(takeAll(ring), ["again"]);
});

Deno.test("TraceRing: four threads at once: each one's lines are whole and in order", async () => {
  const memory = TraceRing.allocate();
  const ring = new TraceRing(memory);
  const each = 5000, threads = 4;
  const program = new URL("./trace_ring_thread.ts", import.meta.url);
  let ended = 0;
  const workers = Array.from({ length: threads }, (_, number) => {
    const worker = new Worker(program, { type: "module" });
    worker.onmessage = () => ended++;
    worker.postMessage({ memory, number, each });
    return worker;
  });
  const lines: string[] = [];
  while (ended < threads) {
    lines.push(...takeAll(ring));
    await nextTurn();
  }
  lines.push(...takeAll(ring));
  for (const worker of workers) worker.terminate();
  assertEquals(lines.length + ring.takeDropped(), threads * each);
  assert(lines.length >= PLACES, `only ${lines.length} lines`);
  for (let number = 0; number < threads; number++) {
    const own = lines.filter((line) => line.startsWith(`${number}:`)).map((line) => {
      const [, at, rest] = /^\d:(\d+) (x*)$/.exec(line) ?? [];
      assertEquals(rest, "x".repeat(Number(at) % 300), "a line is torn");
      return Number(at);
    });
    assertEquals(own, own.toSorted((a, b) => a - b));
  }
});

/** A thread that takes lines out, and rests so long after it has found some. */
function taker(restMs: number) {
  const memory = TraceRing.allocate();
  const worker = new Worker(new URL("./trace_taker_thread.ts", import.meta.url), {
    type: "module",
  });
  const lines: string[] = [];
  const ended = Promise.withResolvers<void>();
  worker.onmessage = ({ data }) => data === "ended" ? ended.resolve() : lines.push(...data);
  worker.postMessage({ memory, restMs });
  return { ring: new TraceRing(memory), lines, ended: ended.promise, worker };
}

Deno.test("TraceRing: a writer that waits is woken by each line, and by the end", async () => {
  const { ring, lines, ended, worker } = taker(0);
  for (let i = 0; i < 300; i++) {
    ring.push(`${i}`);
    await until(() => lines.length === i + 1, `line ${i}`);
  }
  ring.end();
  await within(ended, "the end");
  worker.terminate();
});

Deno.test("TraceRing: a writer that rests is woken by many lines, and by the end", async () => {
  const aMinuteMs = 60_000;
  const { ring, lines, ended, worker } = taker(aMinuteMs);
  let pushed = 0;
  await until(() => {
    // Fewer than there are places for.
    if (pushed - lines.length < PLACES / 2) ring.push(`${pushed++}`);
    return lines.length > 2 * PLACES;
  }, "many lines");
  ring.end();
  await within(ended, "the end");
  assertEquals(lines, Array.from({ length: pushed }, (_, i) => `${i}`));
  worker.terminate();
});
