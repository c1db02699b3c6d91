/** Which thread does a client's business: nothing else is going on, so it is the one whose CPU time grows. */
import type { Client } from "./client.ts";
import { type Experiment, Inconclusive } from "./experiment.ts";
import { perThread, standsOut } from "./thread_use.ts";
import type { RunningServer } from "./target.ts";

const REPLY = "FIB is to be answered.";
const TRIES = 3;
/** So often in a row FIB n has to stand out. */
const TIMES = 3;
const FIRST_N = 20, LAST_N = 36;
/** CPU time that stands out clearly. */
const CLEAR_NS = 8_000_000;

/**
 * An n for which the CPU time of FIB n stands out, each time anew: at first it may be that of a
 * compiler, which a runtime sets to work on what is called often.
 */
export async function fibThatShows(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<number> {
  for (let n = FIRST_N; n < LAST_N; n += 2) {
    let shown = 0;
    while (shown < TIMES && await cpuOfFib(t, server, client, n) > CLEAR_NS) {
      shown++;
      await t.quiet(server);
    }
    if (shown === TIMES) return n;
  }
  return LAST_N;
}

/** The CPU time of the thread that uses most of it while FIB n is worked on. */
async function cpuOfFib(
  t: Experiment,
  server: RunningServer,
  client: Client,
  n: number,
): Promise<number> {
  const before = server.threads();
  await t.answered(server, client.ask("FIB", `${n}`), `FIB ${n}`, REPLY);
  return perThread(before, server.threads(), "cpuNs")[0].used;
}

/**
 * The thread that used most CPU time for the client's request.
 *
 * @param n from `fibThatShows`.
 * @throws Inconclusive when no thread stands out.
 */
export async function whoWorked(
  t: Experiment,
  server: RunningServer,
  client: Client,
  n: number,
): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    await t.quiet(server);
    const before = server.threads();
    await t.answered(server, client.ask("FIB", `${n}`), `FIB ${n}`, REPLY);
    const one = standsOut(perThread(before, server.threads(), "cpuNs"));
    if (one === undefined) continue;
    t.record("server", `did it on thread ${one.thread.tid} (${one.thread.name})`);
    return one.thread.tid;
  }
  throw new Inconclusive("no thread stands out by its CPU time");
}
