/** Whether a server rests while nobody asks for anything. */
import { type Experiment, Inconclusive } from "./experiment.ts";
import { perThread } from "./thread_use.ts";
import type { RunningServer } from "./target.ts";

/** Times that the threads of an idle server may be woken in one window, and still count as idle. */
const FEW_WAKES = 10;
/** More than that in one window, and something asks again and again: 40 a second at least. */
const MANY_WAKES = 40;

/**
 * Whether a server on which nobody asks for anything waits without using the CPU, and what was seen.
 * A loop that waits is not woken at all. One that polls with a pause uses little CPU time, but is put
 * on a core each time; one that polls without a pause stays on it.
 *
 * @throws Inconclusive when it is neither clearly idle nor clearly busy.
 */
export async function restsWhenIdle(
  t: Experiment,
  server: RunningServer,
): Promise<{ rests: boolean; seen: string }> {
  let seen = "";
  for (const windowMs of [250, 500, 1000]) {
    const before = server.threads();
    const startMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, windowMs));
    const after = server.threads();
    const tookMs = performance.now() - startMs;
    const sum = (what: "cpuNs" | "runs") =>
      perThread(before, after, what).reduce((total, { used }) => total + used, 0);
    const share = sum("cpuNs") / (tookMs * 1e6);
    const wakes = sum("runs");
    seen = `used ${(share * 100).toFixed(2)} % of a core, and woke ${wakes} times in ` +
      `${tookMs.toFixed(0)} ms`;
    t.record("server", `${seen}, while nobody asked for anything`);
    if (share < 0.01 && wakes <= FEW_WAKES) return { rests: true, seen };
    if (share > 0.05 || wakes > MANY_WAKES) return { rests: false, seen };
  }
  throw new Inconclusive(`the idle server ${seen}: between idle and busy`);
}
