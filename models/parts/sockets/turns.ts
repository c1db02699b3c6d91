/** Turns of a thread's loop between two accepted connections. */
import { pause } from "../timers.ts";

// By timers: between two of `setImmediate` Deno does not look at sockets, and not in each of a timer.
/** Turns between two connections of which the first took so long: a thread was started for it. */
const TURNS = 4, LONG_WITHOUT_TURN_MS = 5;

/**
 * Gives the loop some turns while connections wait to be taken: whoever takes them may start a thread for
 * each, and those who are too many need not wait for that. Who has ended meanwhile is counted.
 */
export class Turns {
  #lastMs = 0;

  /** Waits for some turns, unless there were some a moment ago. Calls `each` after each of them. */
  async some(each: () => void): Promise<void> {
    // A caller that takes one in no time is soon through.
    if (performance.now() - this.#lastMs < LONG_WITHOUT_TURN_MS) return;
    for (let turns = 0; turns < TURNS; turns++) {
      await pause(0);
      each();
    }
    this.#lastMs = performance.now();
  }
}
