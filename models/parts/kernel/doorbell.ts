/**
 * A doorbell: what wakes a thread that blocks in `epoll_wait`, where no message and no timer of
 * Deno's would reach it. Behind it is an eventfd, a number in the kernel that `epoll` watches like a
 * socket: to write to it makes it ready.
 *
 * The eventfd is made when the thread first waits so; a thread that never does costs none. It is closed
 * by whoever started the thread, who is also the only one that rings: it is never rung after. The same
 * one closes the `epoll` of a thread that died and could not.
 *
 * Invariant: the thread sets ASLEEP, then looks at RINGS, and blocks only when it is as it was; who
 * rings counts RINGS up, then looks at ASLEEP. So one of the two sees the other, and no ring is lost;
 * and a thread that is awake costs whoever rings no system call.
 */
import { libc } from "./libc.ts";
import { closeDescriptor } from "./socket_calls.ts";
import { DOORBELL, type StopList } from "./stop_list.ts";
import { checked } from "./system_call_error.ts";

const FD = 0, RINGS = 1, ASLEEP = 2, PLACE = 3, EPOLL = 4, CELLS = 5;
const EFD_CLOEXEC = 0o2000000, EFD_NONBLOCK = 0o4000;

/** One thread's view of a doorbell. */
export class Doorbell {
  readonly #cells: Int32Array<SharedArrayBuffer>;
  readonly #count = new Uint8Array(8);

  /**
   * Looks at a doorbell.
   *
   * @param memory from `Doorbell.allocate()`.
   */
  constructor(readonly memory: SharedArrayBuffer) {
    this.#cells = new Int32Array(memory);
  }

  /** Memory for a new doorbell. */
  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT);
  }

  /**
   * Owner: makes it ring.
   *
   * @param stopList where it is put, to be rung when the server stops.
   * @param epollFd by which it is going to be watched; it is closed by `closeEpoll`.
   * @returns the eventfd, to be watched.
   */
  connect(stopList: StopList, epollFd: number): number {
    Atomics.store(this.#cells, EPOLL, epollFd + 1);
    const fd = checked("eventfd", libc().eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    this.#cells[PLACE] = stopList.add(DOORBELL, fd);
    Atomics.store(this.#cells, FD, fd + 1);
    return fd;
  }

  /** The eventfd; -1: there is none yet. */
  get fd(): number {
    return Atomics.load(this.#cells, FD) - 1;
  }

  /** How often it rang; wraps. */
  get rings(): number {
    return Atomics.load(this.#cells, RINGS);
  }

  /** Any thread: wakes the owner, if it sleeps. */
  ring(): void {
    Atomics.add(this.#cells, RINGS, 1);
    if (Atomics.exchange(this.#cells, ASLEEP, 0) === 1) ringDescriptor(this.fd);
  }

  /** Owner: from now on it sleeps; `rings` is to be looked at before it blocks. */
  fallAsleep(): void {
    Atomics.store(this.#cells, ASLEEP, 1);
  }

  /** Owner: it is awake. */
  wakeUp(): void {
    Atomics.store(this.#cells, ASLEEP, 0);
  }

  /** Owner: the descriptor is ready no longer. */
  silence(): void {
    libc().eventfd_read(this.fd, this.#count);
  }

  /** Owner, when its thread ends; or its starter, when that could not: closes the `epoll`, once. */
  closeEpoll(): void {
    const fd = Atomics.exchange(this.#cells, EPOLL, 0) - 1;
    if (fd >= 0) closeDescriptor(fd);
  }

  /** Starter: the thread has ended, and nobody will ring any more. */
  close(stopList: StopList): void {
    this.closeEpoll();
    const { fd } = this;
    if (fd < 0) return;
    stopList.remove(this.#cells[PLACE]);
    closeDescriptor(fd);
  }
}

/** Wakes whoever waits for this eventfd. */
export function ringDescriptor(fd: number): void {
  checked("eventfd_write", libc().eventfd_write(fd, 1n));
}
