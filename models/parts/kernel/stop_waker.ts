/** Starts the thread that wakes all others when the server stops. */

/** What it is told; plain data. */
export interface StopWakerStart {
  /** The memory of `SharedState`, with the stop cell. */
  readonly state: SharedArrayBuffer;
  /** The memory of `StopList`. */
  readonly stopList: SharedArrayBuffer;
}

/** Starts it; costs a thread, and no CPU while it waits. It ends by itself, after the server. */
export function startStopWaker(start: StopWakerStart): void {
  const program = new URL("./stop_waker_thread.ts", import.meta.url);
  const thread = new Worker(program, { type: "module", name: "stop-waker" });
  thread.onerror = (event) => {
    event.preventDefault();
    console.error(`the thread that wakes others died: ${event.message}`);
  };
  thread.postMessage({ ...start } satisfies StopWakerStart);
}
