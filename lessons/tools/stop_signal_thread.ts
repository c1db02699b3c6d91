/**
 * The thread that waits for Ctrl-C and SIGTERM. The main thread could not: asleep in `SLEEP` or busy
 * in `FIB` it runs no signal listener. This one sets the stop cell in shared memory, which wakes or
 * stops the main thread; then a message tells it to shut down.
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { SharedState } from "../../models/parts/shared_state.ts";

/** `deno task` passes a terminal's Ctrl-C on, so it comes twice: so soon after, it is the same. */
const SAME_SIGNAL_MS = 1000;
/** When the main thread is still busy after so long, nothing here can end it. */
const STILL_BUSY_MS = 2500;

// Windows knows no SIGTERM; Ctrl-Break is the nearest to it.
const SIGNALS: Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM"];

function watch(state: SharedState): void {
  function onSignal(): void {
    if (state.stopping) return;
    // The terminal has written ^C.
    if (Deno.stderr.isTerminal()) console.error();
    state.stop();
    self.postMessage("stop");
    setTimeout(stopListening, SAME_SIGNAL_MS);
    setTimeout(() => {
      console.error("the main thread is still busy; a second Ctrl-C ends it at once");
    }, STILL_BUSY_MS);
  }
  /** Without a listener a signal does what it always does: it ends the process at once. */
  function stopListening(): void {
    for (const signal of SIGNALS) Deno.removeSignalListener(signal, onSignal);
  }
  for (const signal of SIGNALS) Deno.addSignalListener(signal, onSignal);
}

self.onmessage = ({ data }: MessageEvent<SharedArrayBuffer>) => {
  watch(new SharedState(data));
  self.postMessage("watching");
};
