/** JobQueue: jobs to workers and replies back, in shared memory. Here one thread plays both parts. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { JobQueue } from "../../../models/parts/threads/job_queue.ts";
import {
  MAX_BULK_BYTES,
  MAX_WORDS,
  type Request,
} from "../../../models/parts/protocol/protocol.ts";

const SLOTS = 128;

/** The loop's view of a queue, and a worker's view of the same memory. */
function twoViews(): { loop: JobQueue; worker: JobQueue } {
  const loop = new JobQueue(JobQueue.allocate());
  return { loop, worker: new JobQueue(loop.memory) };
}

function request(...words: (string | Uint8Array)[]): Request {
  const bytes = words.map((w) => typeof w === "string" ? new TextEncoder().encode(w) : w);
  return { name: new TextDecoder().decode(bytes[0]).toUpperCase(), words: bytes };
}

/** A worker's step: takes a job, and replies with the words joined. */
function echo(worker: JobQueue): number {
  const job = worker.take();
  assert(job !== undefined);
  const [{ words }] = job.requests;
  const length = words.reduce((sum, word) => sum + word.length, 0);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const word of words) {
    bytes.set(word, at);
    at += word.length;
  }
  worker.finish(job, [{ bytes }]);
  return job.connection;
}

Deno.test("JobQueue: a job arrives as it was put, every byte of it", () => {
  const { loop, worker } = twoViews();
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  loop.put(7, [request("echo", all, "", "last")]);
  const job = worker.take();
  assertEquals(job?.connection, 7);
  assertEquals(job?.requests, [{ ...request("echo", all, "", "last"), name: "ECHO" }]);
});

Deno.test("JobQueue: several requests are one job, and their replies one reply", () => {
  const { loop, worker } = twoViews();
  const many = Array.from({ length: 32 }, (_, n) => request("echo", `${n}`, "x".repeat(n * 8)));
  const slot = loop.put(7, many);
  const job = worker.take();
  assertEquals(job?.requests, many);
  const replies = many.map(({ words }) => ({ bytes: words[2] }));
  worker.finish(job!, replies);
  const bytes = new TextEncoder().encode(many.map((_, n) => "x".repeat(n * 8)).join(""));
  assertEquals(loop.takeDone(), { slot: slot!, reply: { bytes, last: false } });
  assertThrows(() => worker.finish(job!, [{ bytes: new Uint8Array(700_000) }]), RangeError);
});

Deno.test("JobQueue: a reply comes back for the slot it was put in, and says whether it is the last", () => {
  const { loop, worker } = twoViews();
  const slot = loop.put(1, [request("quit")]);
  const job = worker.take();
  assert(job !== undefined);
  worker.finish(job, [{ bytes: new TextEncoder().encode("+OK\r\n"), last: true }]);
  const done = loop.takeDone();
  assertEquals(done?.slot, slot);
  assertEquals(done?.reply, { bytes: new TextEncoder().encode("+OK\r\n"), last: true });
  assertEquals(loop.takeDone(), undefined);
});

Deno.test("JobQueue: jobs are taken in the order in which they were put, through many rounds of the rings", () => {
  const { loop, worker } = twoViews();
  for (let n = 0; n < 5000; n++) {
    assert(loop.put(n, [request("ping")]) !== undefined, `no slot for job ${n}`);
    assertEquals(echo(worker), n);
    assert(loop.takeDone() !== undefined, `no reply to job ${n}`);
  }
});

Deno.test("JobQueue: when every slot is in use put says so, and a reply taken frees one", () => {
  const { loop, worker } = twoViews();
  for (let n = 0; n < SLOTS; n++) assert(loop.put(n, [request("ping")]) !== undefined);
  assertEquals(loop.put(SLOTS, [request("ping")]), undefined);
  echo(worker);
  assertEquals(loop.put(SLOTS, [request("ping")]), undefined, "finished, but not taken");
  loop.takeDone();
  assert(loop.put(SLOTS, [request("ping")]) !== undefined);
});

Deno.test("JobQueue: a job that stays in work holds up none of those that come after it", () => {
  const { loop, worker } = twoViews();
  loop.put(0, [request("sleep", "60000")]);
  const slow = worker.take();
  for (let n = 1; n <= 3000; n++) {
    loop.put(n, [request("ping")]);
    assertEquals(echo(worker), n);
    assert(loop.takeDone() !== undefined);
  }
  assert(slow !== undefined);
  worker.finish(slow, [{ bytes: new Uint8Array(1) }]);
  assertEquals(loop.takeDone()?.slot, slow.slot);
});

Deno.test("JobQueue: the largest request and the most words fit, and so does the reply", () => {
  const { loop, worker } = twoViews();
  const largest = new Uint8Array(MAX_BULK_BYTES).fill(120);
  for (const job of [request("echo", largest), request(...Array(MAX_WORDS).fill("w"))]) {
    loop.put(1, [job]);
    echo(worker);
    const expected = job.words.reduce((sum, word) => sum + word.length, 0);
    assertEquals(loop.takeDone()?.reply.bytes.length, expected);
  }
});

Deno.test("JobQueue: an end is taken after the jobs before it, by one worker", () => {
  const { loop, worker } = twoViews();
  loop.put(1, [request("ping")]);
  loop.putEnd();
  loop.put(2, [request("ping")]);
  assertEquals(echo(worker), 1);
  assertEquals(worker.take(), undefined);
  assertEquals(echo(worker), 2);
});

Deno.test("JobQueue: a wait for replies ends at once when one came since the count was read", async () => {
  const { loop, worker } = twoViews();
  loop.put(1, [request("ping")]);
  const seen = loop.doneCount;
  echo(worker);
  await loop.waitForDone(seen);
  assert(loop.takeDone() !== undefined);
});
