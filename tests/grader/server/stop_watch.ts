/**
 * How a program hears of SIGTERM whose main thread blocks in system calls: another thread does. This
 * file is the program of that thread as well.
 */
import { SharedState } from "../../../models/parts/server/shared_state.ts";
import {
  startStopWatch,
  type StopWatch,
  stopWatchMain,
} from "../../../models/parts/threads/stop_watch.ts";

/** Deno reads it when the thread starts, so that has to be allowed. */
export const STOP_THREAD = new URL(import.meta.url);

/** Starts to wait for it. @returns with it the memory whose stop cell is set then: for `serve()`. */
export async function watchSigterm(): Promise<StopWatch & { memory: SharedArrayBuffer }> {
  const memory = SharedState.allocate();
  return { ...await startStopWatch(STOP_THREAD, memory), memory };
}

if (import.meta.main && "DedicatedWorkerGlobalScope" in globalThis) {
  stopWatchMain((stop) => Deno.addSignalListener("SIGTERM", stop));
}
