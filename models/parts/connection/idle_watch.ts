/**
 * An idle time-out which costs a request neither a timer nor a look at the clock: a connection is
 * looked at some times in that time, and is idle when nothing has moved at any of them.
 *
 * However long business blocks this thread, it is one look. And there is one look more than time
 * needs, so that what came while the thread was blocked is read before the close. One timer looks at
 * all connections of the thread with the same time-out: thousands may be idle.
 */
import { startTimer, type Timer } from "../timers.ts";

const LOOKS = 8;

/** The connections that are looked at together, by their time-out. */
const watchedTogether = new Map<number, Set<IdleWatch>>();
const timers = new Map<number, Timer>();

/** The idle time-out of one connection. */
export class IdleWatch {
  readonly #timeoutMs: number;
  readonly #isBusy: () => boolean;
  readonly #onIdle: () => void;
  /** How often in a row the connection was looked at and no byte had moved. */
  #quietLooks = 0;

  /**
   * Begins to watch.
   *
   * @param timeoutMs how long nothing may move, in ms; more than 0.
   * @param isBusy asked at each look: a connection that is busy is not idle.
   * @param onIdle called once.
   */
  constructor(timeoutMs: number, isBusy: () => boolean, onIdle: () => void) {
    this.#timeoutMs = timeoutMs;
    this.#isBusy = isBusy;
    this.#onIdle = onIdle;
    const watched = watchedTogether.get(timeoutMs) ?? new Set();
    if (watched.add(this).size > 1) return;
    watchedTogether.set(timeoutMs, watched);
    lookAgain(timeoutMs, watched);
  }

  /** Bytes have moved: the time begins anew. */
  moved(): void {
    this.#quietLooks = 0;
  }

  /** Ends the watching. */
  stop(): void {
    const watched = watchedTogether.get(this.#timeoutMs);
    if (watched === undefined || !watched.delete(this) || watched.size > 0) return;
    watchedTogether.delete(this.#timeoutMs);
    timers.get(this.#timeoutMs)?.cancel();
    timers.delete(this.#timeoutMs);
  }

  /** Looks once. */
  look(): void {
    if (this.#isBusy()) this.#quietLooks = 0;
    if (this.#quietLooks++ <= LOOKS) return;
    this.stop();
    this.#onIdle();
  }
}

function lookAgain(timeoutMs: number, watched: ReadonlySet<IdleWatch>): void {
  const look = () => {
    for (const watch of watched) watch.look();
    // When the last one is gone, others may have begun, with a timer of their own.
    if (watchedTogether.get(timeoutMs) === watched) lookAgain(timeoutMs, watched);
  };
  timers.set(timeoutMs, startTimer(look, timeoutMs / LOOKS));
}
