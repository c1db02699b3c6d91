/**
 * An idle time-out which costs a request neither a timer nor a look at the clock: a connection is
 * looked at some times in that time, and is idle when nothing has moved at any of them.
 *
 * However long business blocks this thread, it is one look. And there is one look more than time
 * needs, so that what came while the thread was blocked is read before the close.
 */
const LOOKS = 8;

/** The idle time-out of one connection. */
export class IdleWatch {
  /** How often in a row the connection was looked at and no byte had moved. */
  #quietLooks = 0;
  #timer: ReturnType<typeof setTimeout>;

  /**
   * Begins to watch.
   *
   * @param timeoutMs how long nothing may move, in ms; more than 0.
   * @param isBusy asked at each look: a connection that is busy is not idle.
   * @param onIdle called once.
   */
  constructor(timeoutMs: number, isBusy: () => boolean, onIdle: () => void) {
    const look = () => {
      if (isBusy()) this.#quietLooks = 0;
      if (this.#quietLooks++ > LOOKS) onIdle();
      else this.#timer = setTimeout(look, timeoutMs / LOOKS);
    };
    this.#timer = setTimeout(look, timeoutMs / LOOKS);
  }

  /** Bytes have moved: the time begins anew. */
  moved(): void {
    this.#quietLooks = 0;
  }

  /** Ends the watching. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
