/**
 * A thread that waits until its program is to stop. The main thread could not: asleep in `SLEEP` or
 * busy in `FIB` it runs no listener. This one sets the stop cell in shared memory, which wakes or stops
 * the main thread; then a message tells it to finish.
 *
 * What it waits for, the thread's own file says: a signal, or the end of the main process.
 */
import { SharedState } from "../server/shared_state.ts";

/** What a watching thread says, in this order. */
type Said = "watching" | "stop";

/** A watch on what asks a program to stop. */
export interface StopWatch {
  /** Settles when the program is to stop; the stop cell is set by then. */
  readonly stopped: Promise<void>;
  /** Watches no longer. */
  close(): void;
}

/**
 * Starts to watch; costs a thread, and no CPU while it waits.
 *
 * @param program the file that the thread runs; it calls `stopWatchMain`.
 * @param memory the program's shared memory, whose stop cell is set.
 * @returns when all that comes from now on will be noticed. Rejects when the thread fails before.
 */
export async function startStopWatch(
  program: URL,
  memory: SharedArrayBuffer,
): Promise<StopWatch> {
  const thread = new Worker(program, { type: "module", name: "stop-watch" });
  const watching = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  thread.onmessage = ({ data }: MessageEvent<Said>) => {
    (data === "stop" ? stopped : watching).resolve();
  };
  thread.onerror = (event) => watching.reject(new Error(event.message));
  thread.postMessage(memory);
  await watching.promise;
  return { stopped: stopped.promise, close: () => thread.terminate() };
}

/**
 * The program of a watching thread.
 *
 * @param watch begins to watch; it calls `stop` once the program is to stop.
 */
export function stopWatchMain(watch: (stop: () => void, state: SharedState) => void): void {
  const scope = globalThis as unknown as {
    onmessage: (event: MessageEvent<SharedArrayBuffer>) => void;
    postMessage(said: Said): void;
  };
  scope.onmessage = ({ data }) => {
    const state = new SharedState(data);
    const stop = () => {
      state.stop();
      scope.postMessage("stop");
    };
    watch(stop, state);
    scope.postMessage("watching");
  };
}
