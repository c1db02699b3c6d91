/** Threads: what is told to them, and how their end is noticed. */
import { assertEquals } from "@std/assert";
import { startThread } from "../../../models/parts/thread.ts";
import { newContext, until, within } from "../helpers.ts";
import type { Amount, Task } from "./thread_program.ts";

const PROGRAM = new URL("thread_program.ts", import.meta.url).href;

function start(task: Task) {
  const context = newContext();
  return { context, thread: startThread(PROGRAM, "thread-1", context, task) };
}

function amount(amount: number): Amount {
  return { kind: "amount", amount };
}

/** Runs `body` with the reports of threads that die kept, and returns them. */
async function reportsOf(body: () => Promise<void>): Promise<string[]> {
  const report = console.error;
  const reports: string[] = [];
  console.error = (line: string) => void reports.push(line);
  try {
    await body();
  } finally {
    console.error = report;
  }
  return reports;
}

Deno.test("startThread: a thread is counted from its start to its end", async () => {
  const { context, thread } = start({ does: "return" });
  assertEquals(context.state.counters.threads, 2);
  await within(thread.exited, "the thread's end");
  assertEquals(context.state.counters.threads, 1);
});

Deno.test("startThread: a thread that fails is reported and has ended; the main thread lives on", async () => {
  const reports = await reportsOf(async () => {
    const { context, thread } = start({ does: "throw" });
    await within(thread.exited, "the thread's end");
    assertEquals(context.state.counters.threads, 1);
  });
  assertEquals(reports, ["thread-1 died: Uncaught (in promise) Error: made to fail by the test"]);
});

Deno.test("startThread: a kind of thread whose program the module lacks is reported and has ended", async () => {
  const reports = await reportsOf(async () => {
    const task: Task = { does: "return" };
    const thread = startThread(PROGRAM, "other-1", newContext(), task, { kind: "other" });
    await within(thread.exited, "the thread's end");
  });
  assertEquals(reports, ["other-1 died: Uncaught Error: it has no program of the kind 'other'"]);
});

Deno.test("startThread: messages arrive in order, those posted before it runs as well", async () => {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const { thread } = start({ does: "receive", messages: 3, cell });
  thread.post(amount(1));
  thread.post(amount(10));
  await until(() => Atomics.load(cell, 0) === 11, "two messages have arrived");
  thread.post(amount(100));
  await within(thread.exited, "the thread's end");
  assertEquals(cell[0], 111);
});

Deno.test("startThread: terminate ends a thread that waits", async () => {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const { context, thread } = start({ does: "receive", messages: 3, cell });
  thread.post(amount(1));
  await until(() => Atomics.load(cell, 0) === 1, "it runs");
  thread.terminate();
  await within(thread.exited, "the thread's end");
  thread.terminate();
  assertEquals(context.state.counters.threads, 1, "counted once");
  thread.post(amount(10));
  // A whole life of another thread later, the message was not received.
  await within(start({ does: "return" }).thread.exited, "the other thread's end");
  assertEquals(Atomics.load(cell, 0), 1);
});

Deno.test("startThread: what is in the transfer list is moved", async () => {
  const buffer = new ArrayBuffer(8);
  const task = { does: "return", buffer };
  const thread = startThread(PROGRAM, "thread-1", newContext(), task, { transfer: [buffer] });
  assertEquals(buffer.byteLength, 0);
  await within(thread.exited, "the thread's end");
});

Deno.test("threadMain: in the main thread it does nothing", async () => {
  await import("./thread_program.ts");
});
