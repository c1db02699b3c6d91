/** SharedState: the stop cell and the counters, seen by several threads. */
import { assert, assertEquals } from "@std/assert";
import { SharedState } from "../../../models/parts/server/shared_state.ts";
import { startThread } from "../../../models/parts/thread.ts";
import { newContext, until, within } from "../helpers.ts";
import type { Task } from "../threads/thread_program.ts";

const PROGRAM = new URL("../threads/thread_program.ts", import.meta.url).href;

Deno.test("SharedState: counts what is open, and all there ever was", () => {
  const state = new SharedState();
  const other = new SharedState(state.memory);
  state.threadStarted();
  state.connectionOpened();
  other.connectionOpened();
  other.connectionClosed();
  state.commandRun();
  other.threadStarted();
  other.threadExited();
  assertEquals(state.counters, {
    threads: 1,
    connected_clients: 1,
    total_connections: 2,
    total_commands: 1,
  });
  assertEquals(other.counters, state.counters);
});

Deno.test("SharedState: totals go on past 2^31", () => {
  const state = new SharedState();
  new Int32Array(state.memory).fill(0x7fffffff);
  state.commandRun();
  state.connectionOpened();
  assertEquals(state.counters.total_commands, 2 ** 31);
  assertEquals(state.counters.total_connections, 2 ** 31);
});

Deno.test("SharedState: sleep ends by itself, and at once when the server has stopped", () => {
  const state = new SharedState();
  state.sleep(1);
  assert(!state.stopping);
  state.stop();
  assert(state.stopping);
  state.sleep(60_000);
});

Deno.test("SharedState: stop wakes every thread that sleeps", async () => {
  const context = newContext();
  const tasks = new Int32Array(new SharedArrayBuffer(4));
  const start = (n: number) => {
    const task: Task = { does: "sleep", cell: tasks };
    return startThread(PROGRAM, `thread-${n}`, context, task);
  };
  const threads = [start(1), start(2)];
  await until(() => Atomics.load(tasks, 0) === 2, "both threads are about to sleep for a minute");
  context.state.stop();
  await within(Promise.all(threads.map(({ exited }) => exited)), "both threads to wake");
});

Deno.test("SharedState: no count is lost when threads count at once", async () => {
  const context = newContext();
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const task: Task = { does: "count", times: 2_000_000, threads: 2, cell };
  const threads = [1, 2].map((n) => startThread(PROGRAM, `thread-${n}`, context, task));
  await within(Promise.all(threads.map(({ exited }) => exited)), "both threads");
  assertEquals(context.state.counters.total_commands, 4_000_000);
});
