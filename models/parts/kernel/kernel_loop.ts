/**
 * The event loop of a thread that waits in the kernel itself, by `epoll_wait`. It tells sockets that
 * they are ready, runs the thread's timers, and is woken by its doorbell.
 *
 * It takes turns with Deno's loop, one `setImmediate` each. So when the thread blocks, everything that
 * waited for a promise has run; and who has posted a message and rung is heard after. `read_round.ts`
 * says when that is so without a turn.
 *
 * Invariant: the thread blocks only while somebody waits for a socket, a timer or the doorbell, and
 * no message is known to be on its way. Once the server stops it never blocks for long.
 */
import { BellListener } from "./bell_listener.ts";
import type { Doorbell } from "./doorbell.ts";
import { Epoll, EPOLLIN } from "./epoll.ts";
import { ReadRound } from "./read_round.ts";
import type { StopList } from "./stop_list.ts";
import { TimerQueue } from "./timer_queue.ts";
import { useTimers } from "../timers.ts";

/** While the server stops: then other threads have to say much, and some of them do not ring. */
const STOPPING_TURN_MS = 5;
const WITHOUT_END = -1, AT_ONCE = 0;

/** A descriptor's owner. */
export interface Watched {
  /** Called when the descriptor is ready, with the events of `epoll`. */
  onReady(events: number): void;
}

/** The loop of one thread. */
export class KernelLoop {
  readonly #epoll = new Epoll();
  readonly #watched = new Map<number, Watched>();
  readonly #timers = new TimerQueue();
  readonly #listening: BellListener;
  readonly #round = new ReadRound();
  #waiters = 0;
  #scheduled = false;
  readonly #bellFd: number;

  /**
   * Makes this thread's loop: from now on its timers run here.
   *
   * @param stopList where its doorbell is put.
   * @param isStopping whether the server stops.
   * @param underWay each says whether messages for this thread are under way.
   */
  constructor(
    readonly bell: Doorbell,
    stopList: StopList,
    readonly isStopping: () => boolean,
    underWay: ReadonlySet<() => boolean>,
  ) {
    this.#listening = new BellListener(bell, underWay);
    this.#bellFd = bell.connect(stopList, this.#epoll.fd);
    this.#epoll.add(this.#bellFd, EPOLLIN);
    useTimers((run, ms) => {
      this.#schedule();
      return this.#timers.start(run, ms);
    });
  }

  /** Whether it has anything to wait for, and so may block the thread. */
  get busy(): boolean {
    return this.#waiters > 0 || this.#listening.isWaitedFor || !this.#timers.isEmpty;
  }

  /** Watches a descriptor. */
  watch(fd: number, watched: Watched, events: number): void {
    this.#watched.set(fd, watched);
    this.#epoll.add(fd, events);
  }

  /** Changes for which events a descriptor is watched; 0: none. */
  change(fd: number, events: number): void {
    this.#epoll.modify(fd, events);
  }

  /** Watches a descriptor no longer. To be called before it is closed. */
  forget(fd: number): void {
    if (this.#watched.delete(fd)) this.#epoll.remove(fd);
  }

  /** Somebody begins to wait for a descriptor. */
  hold(): void {
    this.#waiters++;
    this.#schedule();
  }

  /** Bytes have come and were read. Returns what `readAgain` is to be told. */
  wasRead(): number {
    return this.#round.wasRead();
  }

  /** Somebody waits again for the bytes of a socket that was read in that round. */
  readAgain(round: number): void {
    if (this.#round.isLastAgain(round)) queueMicrotask(this.#block);
  }

  /** The wait is over. */
  release(): void {
    this.#waiters--;
  }

  /** Settles when the condition holds, which may change whenever the doorbell rings. */
  until(condition: () => boolean): Promise<void> {
    this.#schedule();
    return this.#listening.until(condition);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(this.#turn);
  }

  #turn = (): void => {
    this.#scheduled = false;
    if (!this.busy) return;
    this.#block();
    this.#schedule();
  };

  #block = (): void => {
    this.#round.begin();
    this.bell.fallAsleep();
    const isSettled = this.#listening.isSettled();
    this.#epoll.wait(isSettled ? this.#timeoutMs() : AT_ONCE, this.#onReady);
    this.bell.wakeUp();
    const hasRun = this.#timers.runDue();
    this.#round.end(isSettled && !hasRun && !this.isStopping());
  };

  #timeoutMs(): number {
    const dueMs = this.#timers.untilDueMs();
    if (this.isStopping()) return Math.min(dueMs, STOPPING_TURN_MS);
    return dueMs === Infinity ? WITHOUT_END : dueMs;
  }

  #onReady = (fd: number, events: number): void => {
    this.#round.told();
    if (fd === this.#bellFd) this.bell.silence();
    else this.#watched.get(fd)?.onReady(events);
  };

  /** The thread ends. Frees what the loop has; the doorbell is the starter's to close. */
  close(): void {
    this.bell.closeEpoll();
  }
}
