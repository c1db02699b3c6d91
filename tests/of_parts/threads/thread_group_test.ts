/** ThreadGroup: asks threads to finish, waits for them, and ends those that don't. */
import { assertEquals } from "@std/assert";
import { startThread, type Thread } from "../../../models/parts/thread.ts";
import { ThreadGroup } from "../../../models/parts/thread_group.ts";
import { FINISH } from "../../../models/parts/thread_messages.ts";
import { newContext, nextTurn, within } from "../helpers.ts";
import type { Task } from "./thread_program.ts";

const PROGRAM = new URL("thread_program.ts", import.meta.url).href;
/** Grace that never runs out in a test. */
const LONG_MS = 60_000;

/** A thread as the group sees it; its end is the test's to say. */
class ScriptedThread implements Thread {
  readonly name = "thread-1";
  readonly posted: unknown[] = [];
  readonly #end = Promise.withResolvers<void>();
  readonly exited = this.#end.promise;

  post(message: unknown): void {
    this.posted.push(message);
  }
  terminate(): void {
    this.posted.push("terminate");
    this.#end.resolve();
  }
  end(): void {
    this.#end.resolve();
  }
}

Deno.test("ThreadGroup: an empty group has exited", async () => {
  await within(new ThreadGroup().allExited(), "nobody");
});

Deno.test("ThreadGroup: a thread belongs to it until it has ended, and its end is told once", async () => {
  const group = new ThreadGroup();
  const thread = new ScriptedThread();
  let ends = 0;
  group.add(thread, () => ends++);
  assertEquals(group.size, 1);
  thread.end();
  thread.end();
  await within(group.allExited(), "the thread");
  assertEquals([group.size, ends], [0, 1]);
});

Deno.test("ThreadGroup: finish asks every thread, and those that come later", async () => {
  const group = new ThreadGroup();
  const [early, late] = [new ScriptedThread(), new ScriptedThread()];
  group.add(early, () => {});
  group.finish(LONG_MS);
  group.add(late, () => {});
  assertEquals([early.posted, late.posted], [[FINISH], [FINISH]]);
  const all = group.allExited();
  early.end();
  late.end();
  await within(all, "both threads");
});

Deno.test("ThreadGroup: allExited waits for threads that come while it waits", async () => {
  const group = new ThreadGroup();
  const [first, second] = [new ScriptedThread(), new ScriptedThread()];
  group.add(first, () => {});
  const order: string[] = [];
  const all = group.allExited().then(() => order.push("all"));
  group.add(second, () => order.push("second"));
  first.end();
  await nextTurn();
  assertEquals(order, []);
  second.end();
  await within(all, "both threads");
  assertEquals(order, ["second", "all"]);
});

Deno.test("ThreadGroup: a thread that doesn't finish in the time of grace is terminated", async () => {
  const context = newContext();
  const group = new ThreadGroup();
  const task: Task = { does: "wait" };
  for (const n of [1, 2]) {
    group.add(startThread(PROGRAM, `thread-${n}`, context, task), () => {});
  }
  group.finish(20);
  await within(group.allExited(), "the end of the grace");
  assertEquals(context.state.counters.threads, 1);
});
