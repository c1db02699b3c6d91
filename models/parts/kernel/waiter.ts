/** Somebody who waits for a socket to be ready. While there is one, the loop has what to wait for. */
import type { KernelLoop } from "./kernel_loop.ts";

/** The place of one who waits, for reading or for writing; at most one at a time. */
export class Waiter<T> {
  readonly #loop: KernelLoop;
  #bytes: Uint8Array | undefined;
  #resolve: ((value: T) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;

  /** Nobody waits. */
  constructor(loop: KernelLoop) {
    this.#loop = loop;
  }

  /** Whether somebody waits. */
  get isThere(): boolean {
    return this.#bytes !== undefined;
  }

  /** Waits, with bytes that are to be filled or sent. */
  wait(bytes: Uint8Array): Promise<T> {
    this.#bytes = bytes;
    this.#loop.hold();
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /**
   * Tries what is waited for.
   *
   * @param call made for the descriptor; returns undefined when it is too early.
   * @returns whether the wait is over.
   */
  attempt(call: (fd: number, bytes: Uint8Array) => T | undefined, fd: number): boolean {
    if (this.#bytes === undefined) return false;
    try {
      const value = call(fd, this.#bytes);
      if (value === undefined) return false;
      this.#resolve?.(value);
      this.#end();
    } catch (error) {
      this.fail(error);
    }
    return true;
  }

  /** Ends the wait, if there is one. */
  fail(error: unknown): void {
    if (this.#bytes === undefined) return;
    this.#reject?.(error);
    this.#end();
  }

  #end(): void {
    this.#bytes = this.#resolve = this.#reject = undefined;
    this.#loop.release();
  }
}
