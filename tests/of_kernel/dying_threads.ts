/**
 * A program with threads on the kernel floor that have a loop, and die outside of their body: nothing
 * that stands there runs any more. Says whether what they had open is closed, and how many threads are
 * counted. A process of its own, since it looks at all that the process has open.
 */
import { ServerContext } from "../../models/parts/server_context.ts";
import { startThread, threadMain } from "../../models/parts/thread.ts";
import { until } from "../of_parts/helpers.ts";

/** One `epoll` each would be so many more. */
const DEATHS = 8;

/** The `epoll`s of this process; Deno's own are among them. */
function epolls(): number {
  let count = 0;
  for (const { name } of Deno.readDirSync("/proc/self/fd")) {
    try {
      if (Deno.readLinkSync(`/proc/self/fd/${name}`).includes("[eventpoll]")) count++;
    } catch {
      // Closed meanwhile, as the one by which this folder is read.
    }
  }
  return count;
}

threadMain(import.meta, (context) => {
  const { loop } = context.kernel!;
  if (loop.busy) throw new Error("the loop would block this thread");
  setTimeout(() => {
    throw new Error("made to fail by the test");
  });
  return new Promise(() => {});
});

if (!("DedicatedWorkerGlobalScope" in globalThis)) {
  const context = ServerContext.forMain("test", {}, { io: "kernel" });
  const before = epolls();
  for (let i = 0; i < DEATHS; i++) {
    await startThread(import.meta.url, `dying-${i}`, context, null).exited;
  }
  // Deno closes a dead thread's own a little later, and opens one for all.
  await until(() => epolls() < before + DEATHS / 2, "the epolls of the dead threads are closed");
  console.log(`closed, ${context.state.counters.threads} thread`);
  Deno.exit();
}
