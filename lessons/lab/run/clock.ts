/** The clock of a run, which the server and its clients have in common. */
import { sharedClockMs } from "../../../models/parts/server/trace.ts";

/** Counts microseconds since the server started. */
export class RunClock {
  #startedAtMs = sharedClockMs();

  /** The server told when it started, by its own `sharedClockMs()`. */
  startAt(startedAtMs: number): void {
    this.#startedAtMs = startedAtMs;
  }

  /** The time now. */
  us(): number {
    return Math.round((sharedClockMs() - this.#startedAtMs) * 1000);
  }
}
