/** A thread that blocks in `accept`, and has a loop with something else to wait for. */
import { assertRejects } from "@std/assert";
import { BlockingListener } from "../../models/parts/kernel/blocking_listener.ts";
import { KernelThread } from "../../models/parts/kernel/kernel_thread.ts";
import { kernelFloorExists, libc } from "../../models/parts/kernel/libc.ts";
import { openListener } from "../../models/parts/kernel/listen_calls.ts";
import { SharedState } from "../../models/parts/server/shared_state.ts";
import { startTimer } from "../../models/parts/timers.ts";

const ignore = !kernelFloorExists();
const why = ignore ? " (not run: there is no kernel floor here)" : "";
/** What the loop would sleep for: whoever waited for its end would hang. */
const LONG_MS = 600_000;

// Opened once for the process, and never closed: not by the first test that needs it.
if (!ignore) libc();

Deno.test({
  name: `kernel: a thread that waits for a timer as well accepts at once, and can be closed${why}`,
  ignore,
  async fn() {
    const thread = new KernelThread(KernelThread.allocate(SharedState.allocate(), 0, 8));
    const fd = openListener({ hostname: "127.0.0.1", port: 0 }, true);
    const listener = new BlockingListener(fd, thread, (accepted) => thread.loopSocket(accepted));
    const { loop } = thread;
    const { port } = listener.addr;
    const clients = await Promise.all(
      [1, 2, 3].map(() => Deno.connect({ hostname: "127.0.0.1", port })),
    );
    // Its turn comes before that of anything that is asked for later.
    const timer = startTimer(() => {}, LONG_MS);
    for (const client of clients) {
      (await listener.accept()).close();
      client.close();
    }
    const accepting = listener.accept();
    listener.close();
    timer.cancel();
    await assertRejects(() => accepting, Deno.errors.BadResource);
    loop.close();
    loop.bell.close(thread.stopList);
  },
});
