/** The thread of a lesson's server that waits for Ctrl-C and SIGTERM. */
import { stopWatchMain } from "../../models/parts/threads/stop_watch.ts";

/** `deno task` passes a terminal's Ctrl-C on, so it comes twice: so soon after, it is the same. */
const SAME_SIGNAL_MS = 1000;
/** When the main thread is still busy after so long, nothing here can end it. */
const STILL_BUSY_MS = 2500;

// Windows knows no SIGTERM; Ctrl-Break is the nearest to it.
const SIGNALS: Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM"];

stopWatchMain((stop, state) => {
  function onSignal(): void {
    if (state.stopping) return;
    stop();
    // The terminal has written ^C. It may not read what is written to it, so this comes afterwards.
    if (Deno.stderr.isTerminal()) console.error();
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
});
