/**
 * A connection's state, and the clocks that end it: the idle time-out, and once the server stops, its
 * grace. What each state means stands in `connection.ts`.
 *
 * Invariant: the state only moves on in `STATES`, never back.
 */
import { startTimer, type Timer } from "../timers.ts";
import { IdleWatch } from "./idle_watch.ts";

/** A connection's state; what each means stands in `connection.ts`. */
export type ConnectionState = "open" | "draining" | "ended" | "closing" | "closed";

const STATES: readonly ConnectionState[] = ["open", "draining", "ended", "closing", "closed"];
const DRAINING = 1, ENDED = 2, CLOSED = 4;

/** The life of one connection, from open to closed. */
export class Life {
  /** Requests taken and not answered yet: a connection with one is never idle. */
  inHand = 0;
  /** Another thread has the socket: the connection is not idle either. */
  detached = false;
  #at = 0;
  #broken = false;
  readonly #idle?: IdleWatch;
  #deadline: Timer | undefined;

  /**
   * Begins it: the idle time-out runs from now.
   *
   * @param idleTimeoutMs 0: never.
   * @param onOver called with the reason when one of the clocks has run out.
   */
  constructor(idleTimeoutMs: number, readonly onOver: (why: string) => void) {
    const isBusy = () => this.inHand > 0 || this.detached;
    const onIdle = () => onOver(`idle for ${idleTimeoutMs / 1000} s`);
    if (idleTimeoutMs > 0) this.#idle = new IdleWatch(idleTimeoutMs, isBusy, onIdle);
  }

  /** The state by its name. */
  get state(): ConnectionState {
    return STATES[this.#at];
  }

  /** Whether this is the state: the server stops. */
  get draining(): boolean {
    return this.#at === DRAINING;
  }

  /** Whether "ended" was reached, or passed. */
  get ended(): boolean {
    return this.#at >= ENDED;
  }

  /** Whether it is over. */
  get closed(): boolean {
    return this.#at === CLOSED;
  }

  /** Whether a read or write failed: nobody is there any more. */
  get broken(): boolean {
    return this.#broken;
  }

  /** A read or write failed. */
  breakOff(): void {
    this.#broken = true;
    this.enter("ended");
  }

  /** Enters a state, unless it was reached or passed before; "closed" stops the clocks. */
  enter(state: ConnectionState): void {
    this.#at = Math.max(this.#at, STATES.indexOf(state));
    if (this.closed) this.#stopClocks();
  }

  /** Bytes have moved: the idle time-out begins anew. */
  moved(): void {
    this.#idle?.moved();
  }

  /** From now on there is so much time and no more, in ms, idle or not. */
  endWithin(graceMs: number): void {
    this.#stopClocks();
    this.#deadline = startTimer(() => this.onOver("cut off: the server stops"), graceMs);
  }

  #stopClocks(): void {
    this.#idle?.stop();
    this.#deadline?.cancel();
  }
}
