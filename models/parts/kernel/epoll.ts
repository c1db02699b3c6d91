/**
 * epoll: one wait for many descriptors. The kernel keeps the set of those that are watched, and
 * `wait()` tells which are ready; both are the same in C.
 */
import { errno, libc } from "./libc.ts";
import { closeDescriptor } from "./socket_calls.ts";
import { checked, ERRNO, SystemCallError } from "./system_call_error.ts";

/** Bytes have come, or the end; a listening socket has a connection. */
export const EPOLLIN = 1;
/** There is room to write. */
export const EPOLLOUT = 4;
/** Of a socket that several processes watch, not all are woken. */
export const EPOLLEXCLUSIVE = 1 << 28;

const EPOLL_CLOEXEC = 0o2000000;
const ADD = 1, REMOVE = 2, MODIFY = 3;
/** So many descriptors are told of by one `wait()`; more wait for the next. */
const MOST_EVENTS = 256;

/** Where the fields of `struct epoll_event` lie, in bytes. */
export interface Layout {
  /** Of the whole struct. */
  readonly size: number;
  /** The field `data`. */
  readonly dataAt: number;
}

/**
 * `struct epoll_event { uint32_t events; epoll_data_t data; }`: on x86-64 it is packed, so that 32-bit
 * programs have the same; elsewhere the 8 bytes of `data` are aligned.
 */
export function epollLayout(arch: typeof Deno.build.arch): Layout {
  return arch === "x86_64" ? { size: 12, dataAt: 4 } : { size: 16, dataAt: 8 };
}

const { size: SIZE, dataAt: DATA_AT } = epollLayout(Deno.build.arch);

/** A set of watched descriptors. */
export class Epoll {
  /** The set's own descriptor. */
  readonly fd: number = checked("epoll_create1", libc().epoll_create1(EPOLL_CLOEXEC));
  readonly #libc = libc();
  readonly #ready = new Uint8Array(MOST_EVENTS * SIZE);
  readonly #readyView = new DataView(this.#ready.buffer);
  readonly #one = new Uint8Array(SIZE);
  readonly #oneView = new DataView(this.#one.buffer);

  /** Watches a descriptor, level-triggered: `wait()` tells of it as long as it is ready. */
  add(fd: number, events: number): void {
    this.#control(ADD, fd, events);
  }

  /** Waits for other events of a descriptor that is watched. */
  modify(fd: number, events: number): void {
    this.#control(MODIFY, fd, events);
  }

  /** Watches the descriptor no longer. Closing its last duplicate does the same. */
  remove(fd: number): void {
    this.#control(REMOVE, fd, 0);
  }

  #control(operation: number, fd: number, events: number): void {
    this.#oneView.setUint32(0, events, true);
    this.#oneView.setInt32(DATA_AT, fd, true);
    checked("epoll_ctl", this.#libc.epoll_ctl(this.fd, operation, fd, this.#one));
  }

  /**
   * Blocks the calling thread until a descriptor is ready.
   *
   * @param timeoutMs so long at most; -1: without end; 0: not at all.
   * @param onReady called for each descriptor that is ready, with its events.
   */
  wait(timeoutMs: number, onReady: (fd: number, events: number) => void): void {
    const count = this.#libc.epoll_wait(this.fd, this.#ready, MOST_EVENTS, timeoutMs);
    if (count < 0) {
      const number = errno();
      // A signal came; whoever called asks again.
      if (number !== ERRNO.EINTR) throw new SystemCallError("epoll_wait", number);
    }
    for (let at = 0; at < count * SIZE; at += SIZE) {
      onReady(this.#readyView.getInt32(at + DATA_AT, true), this.#readyView.getUint32(at, true));
    }
  }

  /** Frees the set. */
  close(): void {
    closeDescriptor(this.fd);
  }
}
