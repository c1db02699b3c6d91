/**
 * What one thread has of the kernel floor: its loop, when it multiplexes, and what all threads of the
 * server share.
 */
import { SharedState } from "../server/shared_state.ts";
import { BlockingSocket } from "./blocking_socket.ts";
import { Doorbell } from "./doorbell.ts";
import { KernelLoop } from "./kernel_loop.ts";
import { LoopSocket, type LoopSocketOptions } from "./loop_socket.ts";
import { StopList } from "./stop_list.ts";

/** Doorbells of the threads that there may be, listening sockets, and some more. */
const PLACES_BESIDES = 1024;

/** What a thread is told of the kernel floor; plain data. */
export interface KernelShared {
  /** The memory of `SharedState`. */
  readonly state: SharedArrayBuffer;
  /** The memory of `StopList`. */
  readonly stopList: SharedArrayBuffer;
  /** The doorbell of the main thread. */
  readonly mainBell: SharedArrayBuffer;
  /** The thread's own doorbell. */
  readonly bell: SharedArrayBuffer;
  /** Of a thread that was started: the memory of the line to its starter. */
  readonly line?: SharedArrayBuffer;
  /** 0: never. */
  readonly idleTimeoutMs: number;
}

/** One thread. */
export class KernelThread {
  /** What is woken when the server stops. */
  readonly stopList: StopList;
  readonly #state: SharedState;
  readonly #mainBell: Doorbell;
  readonly #underWay = new Set<() => boolean>();
  #loop: KernelLoop | undefined;

  /** Enters the floor; nothing is waited for yet. */
  constructor(readonly shared: KernelShared) {
    this.stopList = new StopList(shared.stopList);
    this.#state = new SharedState(shared.state);
    this.#mainBell = new Doorbell(shared.mainBell);
  }

  /**
   * Memory and doorbell for a new server, for its main thread.
   *
   * @param state the memory of `SharedState`.
   * @param maxConnections so many connections may block a thread each.
   */
  static allocate(
    state: SharedArrayBuffer,
    idleTimeoutMs: number,
    maxConnections: number,
  ): KernelShared {
    const stopList = StopList.allocate(maxConnections + PLACES_BESIDES);
    const mainBell = Doorbell.allocate();
    return { state, stopList, mainBell, bell: mainBell, idleTimeoutMs };
  }

  /** Whether the server was told to stop. */
  isStopping = (): boolean => this.#state.stopping;

  /** The thread's loop; asked for the first time it begins to be one. */
  get loop(): KernelLoop {
    return this.#loop ??= new KernelLoop(
      new Doorbell(this.shared.bell),
      this.stopList,
      this.isStopping,
      this.#underWay,
    );
  }

  /** Whether the thread has a loop that waits for something. */
  get loopIsBusy(): boolean {
    return this.#loop?.busy ?? false;
  }

  /**
   * Does not let the thread's loop block while messages for it are under way.
   *
   * @param areUnderWay asked whenever the doorbell has rung.
   * @returns ends it.
   */
  listen(areUnderWay: () => boolean): () => void {
    this.#underWay.add(areUnderWay);
    return () => this.#underWay.delete(areUnderWay);
  }

  /** A socket of a thread that multiplexes. */
  loopSocket(fd: number, options?: LoopSocketOptions): LoopSocket {
    return new LoopSocket(fd, this.loop, options);
  }

  /** A socket of a thread that blocks. */
  blockingSocket(fd: number, onClose?: () => void): BlockingSocket {
    const { stopList, isStopping, shared: { idleTimeoutMs } } = this;
    return new BlockingSocket(fd, { stopList, isStopping, idleTimeoutMs, onClose });
  }

  /** The thread ends: frees what it has of the floor. */
  leave(): void {
    this.#loop?.close();
    this.#loop = undefined;
  }

  /** Counts a connection as closed. */
  connectionClosed(): void {
    this.#state.connectionClosed();
  }

  /** Wakes the main thread: something in shared memory has changed, or a message was posted. */
  ringMain(): void {
    this.#mainBell.ring();
  }
}

let current: KernelThread | undefined;

/** This thread enters the kernel floor. */
export function enterKernel(shared: KernelShared): KernelThread {
  return current = new KernelThread(shared);
}

/** This thread, on the kernel floor. Throws when it is not there. */
export function kernelThread(): KernelThread {
  if (current === undefined) throw new Error("this thread is not on the kernel floor");
  return current;
}
