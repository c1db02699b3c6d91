/**
 * When requests should go that go at a fixed rate, and the waiting for it.
 *
 * A timer comes a millisecond late or more, and a PING takes a tenth of that. So who waits sleeps until
 * shortly before, and then looks at the clock in every turn of the event loop: that takes a core.
 */

/** So long before its time a request is waited for without a timer, in ms. */
const AWAKE_MS = 2;

interface Waiting {
  readonly dueMs: number;
  readonly go: () => void;
}

/** Waits for moments, of `performance.now()`; many may wait. */
export class Schedule {
  /** By time; the first is the next. */
  readonly #waiting: Waiting[] = [];
  #running = false;
  #wake = () => {};

  /** @returns at that moment, or at once when it has passed. */
  async until(dueMs: number): Promise<void> {
    if (performance.now() >= dueMs) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    let at = this.#waiting.length;
    while (at > 0 && this.#waiting[at - 1].dueMs > dueMs) at--;
    this.#waiting.splice(at, 0, { dueMs, go: resolve });
    if (!this.#running) this.#run();
    else if (at === 0) this.#wake();
    await promise;
  }

  /** Lets everybody go who waits. */
  end(): void {
    for (const { go } of this.#waiting.splice(0)) go();
    this.#wake();
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let next = this.#waiting.at(0); next !== undefined; next = this.#waiting.at(0)) {
      const leftMs = next.dueMs - performance.now();
      if (leftMs <= 0) {
        this.#waiting.shift();
        next.go();
      } else if (leftMs > AWAKE_MS) {
        await this.#sleep(leftMs - AWAKE_MS);
      } else {
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    this.#running = false;
  }

  /** Until then, or until somebody comes who has to go earlier. */
  async #sleep(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
    this.#wake = () => {};
  }
}
