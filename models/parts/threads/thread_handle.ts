/** A thread as the one that started it has it in hand. */
import type { Message } from "../thread_messages.ts";

/**
 * A running thread, seen by the thread that started it. `From` are the messages that come from it;
 * never: nobody listens.
 */
export interface Thread<From extends Message = never> {
  /** Its name, as WHO and the trace show it. */
  readonly name: string;
  /** Settles when the thread has ended, whether it returned, failed or was terminated. */
  readonly exited: Promise<void>;
  /** What is called with the thread's messages. */
  onMessage?: (message: From) => void;
  /** Sends a message; it is received between two turns of the thread's event loop. */
  post<To extends Message>(message: To, transfer?: Transferable[]): void;
  /** Ends the thread now. One that blocks or spins goes on until it stops doing so. */
  terminate(): void;
}

/** What else there is to say about a thread at its start. */
export interface ThreadOptions {
  /** What is moved with `init`, and not copied. */
  readonly transfer?: Transferable[];
  /** Which program to run, when the module is that of several kinds of threads. */
  readonly kind?: string;
}

/** What stands for a thread that could not be started; says so on standard error. */
export function notStarted<From extends Message>(name: string): Thread<From> {
  console.error(`${name} was not started: too few descriptors are left (ulimit -n)`);
  return { name, exited: Promise.resolve(), post() {}, terminate() {} };
}
