/**
 * When the trace's writer rests, so that lines gather for one write. Each write costs this thread and
 * whoever reads it more than a line does; but what a few clients do is to be seen at once.
 */

/** So many lines are written as they come, and so many more for each ms since. */
const AT_ONCE = 500, MORE_A_MS = 0.5;
/** How long lines gather; nobody sees it. */
const REST_MS = 5;

/** Counts the lines that are still free. */
export class TracePace {
  #free = AT_ONCE;
  #atMs = 0;

  /**
   * Takes note of a write.
   *
   * @param lines that were in it.
   * @param nowMs by a clock of which only differences count.
   * @returns how long to rest after it, in ms; 0: not at all.
   */
  restMs(lines: number, nowMs: number): number {
    const grown = this.#free + (nowMs - this.#atMs) * MORE_A_MS;
    this.#free = Math.max(0, Math.min(AT_ONCE, grown) - lines);
    this.#atMs = nowMs;
    return this.#free > 0 ? 0 : REST_MS;
  }
}
