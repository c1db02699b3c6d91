/** Whether a server rests while nobody asks for anything, or looks again and again. */
import type { Watched } from "./at_rest.ts";
import { perThread } from "./thread_use.ts";

/** Times that an idle server's threads may be woken in one window; and when something asks again and again. */
const FEW_WAKES = 12, MANY_WAKES = 50;

/**
 * Whether a server stays at rest while nobody asks for anything, and what was seen. A loop that waits is
 * not woken at all. One that polls with a pause uses little CPU time, but is put on a core each time;
 * one that polls without a pause stays on it.
 *
 * @param record takes down what each look has seen.
 * @returns `rests` is undefined when it is neither clearly idle nor clearly busy; `everyMs` is how long
 *   it sleeps until it wakes, Infinity when it does not.
 */
export async function restsWhenIdle(
  server: Watched,
  record: (seen: string) => void,
): Promise<{ rests: boolean | undefined; seen: string; everyMs: number }> {
  let seen = "", everyMs = Infinity;
  for (const windowMs of [400, 800, 1600]) {
    const [before, startMs] = [server.threads(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, windowMs));
    const [after, tookMs] = [server.threads(), performance.now() - startMs];
    const used = (what: "cpuNs" | "runs") =>
      perThread(before, after, what).reduce((total, { used }) => total + used, 0);
    const [share, wakes] = [used("cpuNs") / (tookMs * 1e6), used("runs")];
    everyMs = tookMs / wakes;
    seen = `used ${(share * 100).toFixed(2)} % of a core, and woke ${wakes} times in ` +
      `${tookMs.toFixed(0)} ms`;
    record(`${seen}, while nobody asked for anything`);
    if (share < 0.01 && wakes <= FEW_WAKES) return { rests: true, seen, everyMs };
    if (share > 0.05 || wakes > MANY_WAKES) return { rests: false, seen, everyMs };
  }
  return { rests: undefined, seen, everyMs };
}
