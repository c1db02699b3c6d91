/** Takes no notice of signals, and has a thread that spins and cannot be terminated. */
import { type Options, serveEach } from "./kit.ts";

export function serve(options: Options) {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => {});
  }
  new Worker(import.meta.url, { type: "module" });
  return serveEach(options, () => {});
}

if ("DedicatedWorkerGlobalScope" in globalThis) { for (;;); }
