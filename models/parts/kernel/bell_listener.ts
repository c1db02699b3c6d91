/** What a thread wants to hear of when its doorbell rings, and whether it has heard all of it. */
import type { Doorbell } from "./doorbell.ts";

/** The listener of one thread's loop. */
export class BellListener {
  readonly #bell: Doorbell;
  readonly #underWay: ReadonlySet<() => boolean>;
  readonly #conditions = new Map<() => boolean, () => void>();
  #rings: number;
  #unsettled = true;

  /**
   * Listens from now on.
   *
   * @param underWay each says whether messages for this thread are under way.
   */
  constructor(bell: Doorbell, underWay: ReadonlySet<() => boolean>) {
    this.#bell = bell;
    this.#underWay = underWay;
    this.#rings = bell.rings;
  }

  /** Whether anybody waits for a condition. */
  get isWaitedFor(): boolean {
    return this.#conditions.size > 0;
  }

  /** Settles when the condition holds, which may change whenever the doorbell rings. */
  until(condition: () => boolean): Promise<void> {
    this.#unsettled = true;
    return new Promise((resolve) => this.#conditions.set(condition, resolve));
  }

  /** Whether all that was rung for has come to word: otherwise the thread is not to block. */
  isSettled(): boolean {
    if (this.#bell.rings === this.#rings && !this.#unsettled) return true;
    this.#rings = this.#bell.rings;
    this.#unsettled = false;
    for (const [condition, resolve] of this.#conditions) {
      if (!condition()) continue;
      this.#conditions.delete(condition);
      this.#unsettled = true;
      resolve();
    }
    for (const areUnderWay of this.#underWay) if (areUnderWay()) this.#unsettled = true;
    return !this.#unsettled;
  }
}
