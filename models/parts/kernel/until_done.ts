/** How an event loop waits for its workers' replies, on either floor. */
import type { JobQueue } from "../threads/job_queue.ts";
import type { KernelThread } from "./kernel_thread.ts";

/**
 * Settles when more jobs are done than `seen`.
 *
 * @param kernel the loop's thread, on the kernel floor: there the workers ring its doorbell.
 */
export function untilDone(queue: JobQueue, seen: number, kernel?: KernelThread): Promise<void> {
  if (kernel === undefined) return queue.waitForDone(seen);
  return kernel.loop.until(() => queue.doneCount !== seen);
}
