/** The threads that a server has running, so that they can be asked to finish and be waited for. */
import { SHUTDOWN_GRACE_MS } from "./options.ts";
import type { Thread } from "./thread.ts";
import { startTimer } from "./timers.ts";
import { FINISH } from "./thread_messages.ts";

/** Threads that come and go. */
export class ThreadGroup {
  readonly #threads = new Set<Thread>();
  #finishing = false;

  /** How many threads run. */
  get size(): number {
    return this.#threads.size;
  }

  /**
   * Adds a thread that runs already; one that comes after `finish()` is asked to finish at once.
   *
   * @param onExit called once when the thread has ended, however it ended.
   */
  add(thread: Thread, onExit: () => void): void {
    this.#threads.add(thread);
    thread.exited.then(() => {
      this.#threads.delete(thread);
      onExit();
    });
    if (this.#finishing) thread.post(FINISH);
  }

  /** Asks every thread to finish, and terminates those that have not after `graceMs`. */
  finish(graceMs = SHUTDOWN_GRACE_MS): void {
    this.#finishing = true;
    for (const thread of this.#threads) thread.post(FINISH);
    const deadline = startTimer(() => {
      for (const thread of this.#threads) thread.terminate();
    }, graceMs);
    this.allExited().then(() => deadline.cancel());
  }

  /** Settles when no thread is left. */
  async allExited(): Promise<void> {
    while (this.#threads.size > 0) {
      await Promise.all(Array.from(this.#threads, (thread) => thread.exited));
    }
  }
}
