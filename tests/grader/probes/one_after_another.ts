/** Business that is done one after the other, whether it waits or computes. */
import type { Client } from "../clients/client.ts";
import { ClaimFailed, type Experiment } from "../experiment/experiment.ts";
import { between } from "../experiment/random.ts";
import { totalCpuNs } from "../server/process_clock.ts";
import type { RunningServer } from "../server/running_server.ts";

const INLINE = "The business of a request runs on the event loop's thread, and blocks it.";
/** FIBs that are tried until one takes long enough. */
const FIRST_N = 27, LAST_N = 43;
/** CPU time from which on it is under way, and what it then has to go on for. */
const BEGUN_NS = 4_000_000, LONG_MS = 80;

/** Lets all clients sleep at the same time, each for a drawn time. Returns the sum, and how long it took. */
export async function sleepTogether(
  t: Experiment,
  server: RunningServer,
  clients: readonly Client[],
  times: number,
): Promise<{ sumMs: number; tookMs: number }> {
  const sleepsMs = clients.map(() => between(t.random, 60, 120) * times);
  const sumMs = sleepsMs.reduce((sum, ms) => sum + ms, 0);
  const startMs = performance.now();
  for (const [i, client] of clients.entries()) await client.send("SLEEP", `${sleepsMs[i]}`);
  const mostMs = 12_000 + 2 * sumMs;
  await Promise.all(
    clients.map((client) => t.comes(server, client.reply(), `${client.name}'s turn`, mostMs)),
  );
  return { sumMs, tookMs: performance.now() - startMs };
}

/** While one client's business computes, another's PING waits for its end. */
export async function waitsForComputing(
  t: Experiment,
  server: RunningServer,
  computing: Client,
  other: Client,
): Promise<void> {
  for (let n = FIRST_N; n <= LAST_N; n++) {
    await t.quiet(server);
    const beforeNs = totalCpuNs(server.processes());
    const usedNs = () => totalCpuNs(server.processes()) - beforeNs;
    let fibMs = 0, pingMs = 0;
    const fib = computing.ask("FIB", `${n}`).then(() => fibMs = performance.now());
    await t.until(server, () => fibMs > 0 || usedNs() > BEGUN_NS);
    if (fibMs > 0) continue;
    const startMs = performance.now();
    const ping = other.ask("PING").then(() => pingMs = performance.now());
    await t.answered(server, Promise.all([fib, ping]), `FIB ${n} and a PING`, INLINE);
    // What the other waited for has to have taken long enough to tell.
    if (fibMs - startMs < LONG_MS) continue;
    const seen = `PING was answered ${
      (fibMs - pingMs).toFixed(0)
    } ms before the FIB ${n} under way`;
    t.expect(fibMs - pingMs < LONG_MS / 4, seen, INLINE);
    return;
  }
  throw new ClaimFailed(`FIB ${LAST_N} was answered at once: it was not done`, INLINE);
}
