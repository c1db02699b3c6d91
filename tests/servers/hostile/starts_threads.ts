/** A fork bomb: each thread starts two more. It ends at 510 threads, to spare the machine. */
import { type Options, serveEach } from "./kit.ts";

export const serve = (options: Options) => serveEach(options, () => start(0));

/** Eight generations: 510 threads, and 4 GB. */
function start(generation: number): void {
  if (generation > 7) return;
  for (let i = 0; i < 2; i++) {
    new Worker(import.meta.url, { type: "module" }).postMessage(generation + 1);
  }
}

if ("DedicatedWorkerGlobalScope" in globalThis) {
  globalThis.addEventListener("message", (event) => start((event as MessageEvent).data));
}
