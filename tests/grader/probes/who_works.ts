/** Which thread does a client's business, whether it is there for good or for one request only. */
import type { Client } from "../clients/client.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { ThreadSample } from "../server/proc.ts";
import type { RunningServer } from "../server/running_server.ts";
import { perThread, type ThreadUse } from "../server/thread_use.ts";
import { ClaimFailed } from "../experiment/claim_failed.ts";
import { between } from "../experiment/random.ts";
import { totalCpuNs } from "../server/process_clock.ts";
import { type Counted, MOST_OF_THEM, TIMES as PINGS, wakesForPings, wakesOf } from "./wakes.ts";
import { standsOut, usedFor, whoStandsOut } from "./who_did_it.ts";

const TRIES = 5;
/** So often in a row FIB n has to stand out. */
const TIMES = 3;
const FIRST_N = 20, LAST_N = 36;
/** CPU time that stands out clearly. */
const CLEAR_NS = 8_000_000;
/** Whoever is named has used so much at least: the n was chosen so that it takes more. */
const LEAST_NS = CLEAR_NS / 2;

/** For a thread that may be gone when the reply is there: between two looks at the server's threads. */
const LOOK_EVERY_MS = 8;
const FIRST_BRIEF_N = 28, LAST_BRIEF_N = 40;
/** CPU time that stands out beside what a thread costs to start. */
const CLEAR_BRIEF_NS = 80_000_000;
const COMPUTE = "FIB n has to be computed, by the definition, each time that it is asked for.";
const STAYS = "Whoever reads a request also does its business: no thread is started for it.";

/**
 * An n for which the CPU time of FIB n stands out, each time anew: at first it may be that of a
 * compiler, which a runtime sets to work on what is called often.
 *
 * @throws ClaimFailed when there is none: the work was not done, or by threads that were gone afterwards.
 */
export async function fibThatShows(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<number> {
  let allNs = 0, from = FIRST_N + between(t.random, 0, 1);
  for (let n = from; n <= LAST_N; n += 2) {
    let shown = 0;
    while (shown < TIMES) {
      const beforeNs = totalCpuNs(server.processes());
      const [most] = await usedFor(server, () => fib(t, server, client, n));
      allNs = totalCpuNs(server.processes()) - beforeNs;
      if (most.used <= CLEAR_NS) break;
      shown++;
      await t.quiet(server);
    }
    if (shown === TIMES) return n;
    from = n;
  }
  const ms = `${(allNs / 1e6).toFixed(1)} ms of CPU time`;
  if (allNs > CLEAR_NS) {
    throw new ClaimFailed(
      `FIB ${from} took ${ms}, of a thread that was gone when it was done`,
      STAYS,
    );
  }
  throw new ClaimFailed(`FIB ${from} was answered, and cost ${ms}: it was not done`, COMPUTE);
}

/**
 * The thread that used most CPU time for the client's request.
 *
 * @param n from `fibThatShows`.
 * @returns its number.
 * @throws Inconclusive when no thread stands out.
 */
export async function whoWorked(
  t: Experiment,
  server: RunningServer,
  client: Client,
  n: number,
): Promise<number> {
  const one = await whoStandsOut(TRIES, async () => {
    await t.quiet(server);
    return standsOut(await usedFor(server, () => fib(t, server, client, n)), LEAST_NS);
  });
  return recorded(t, one);
}

/**
 * Fails unless the thread that works for the client is also one that wakes for its small requests.
 *
 * @param wakes over a dozen PINGs, from before there was any work.
 */
export async function wakesToo(
  t: Experiment,
  server: RunningServer,
  client: Client,
  tid: number,
  wakes: Counted,
): Promise<void> {
  let woke = wakesOf(wakes, tid);
  if (woke < MOST_OF_THEM) woke = wakesOf(await wakesForPings(t, server, client), tid);
  const seen =
    `thread ${tid} did ${client.name}'s FIB, and woke ${woke} times for its ${PINGS} PINGs`;
  t.record("server", seen);
  t.expect(
    woke >= MOST_OF_THEM,
    seen,
    "Whoever does the business does all of it, small and large.",
  );
}

/**
 * The same for a thread that may be gone when the reply is there: it is looked at meanwhile.
 *
 * @returns its number.
 * @throws Inconclusive when no thread stands out.
 */
export async function whoWorkedBriefly(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<number> {
  const times = (LAST_BRIEF_N - FIRST_BRIEF_N) / 2 + 1;
  const one = await whoStandsOut(times, async (time) => {
    await t.quiet(server);
    const before = server.threads();
    const latest = new Map<number, ThreadSample>();
    const look = () => server.threads().forEach((thread) => latest.set(thread.tid, thread));
    const looking = setInterval(look, LOOK_EVERY_MS);
    try {
      await fib(t, server, client, FIRST_BRIEF_N + 2 * (time - 1));
    } finally {
      clearInterval(looking);
    }
    return standsOut(perThread(before, [...latest.values()], "cpuNs"), CLEAR_BRIEF_NS);
  });
  return recorded(t, one);
}

async function fib(t: Experiment, server: RunningServer, client: Client, n: number): Promise<void> {
  await t.answered(server, client.ask("FIB", `${n}`), `FIB ${n}`, "FIB is to be answered.");
}

/** Takes down who did it. Returns the thread's number. */
function recorded(t: Experiment, { thread: { tid, name } }: ThreadUse): number {
  t.record("server", `did it on thread ${tid} (${name})`);
  return tid;
}
