/** Ctrl-C and SIGTERM for a server whose main thread may block: see `stop_signal_thread.ts`. */

/** A watch on the signals that ask a program to stop. */
export interface StopSignal {
  /** Settles when a signal came; the stop cell is set by then. */
  readonly received: Promise<void>;
  /** Watches no longer. */
  close(): void;
}

/**
 * Starts to watch; costs a thread, and no CPU while it waits.
 *
 * @param memory the server's shared memory, as given to `serve()`; a signal sets its stop cell.
 * @returns when a signal that comes from now on will be noticed.
 */
export async function watchStopSignal(memory: SharedArrayBuffer): Promise<StopSignal> {
  const thread = new Worker(new URL("./stop_signal_thread.ts", import.meta.url), {
    type: "module",
    name: "stop-signal",
  });
  const watching = Promise.withResolvers<void>();
  const received = Promise.withResolvers<void>();
  thread.onmessage = ({ data }) => (data === "stop" ? received : watching).resolve();
  thread.onerror = (event) => watching.reject(new Error(event.message));
  thread.postMessage(memory);
  await watching.promise;
  return { received: received.promise, close: () => thread.terminate() };
}
