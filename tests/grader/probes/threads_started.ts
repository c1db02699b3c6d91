/** Threads that were started for requests and are gone when the replies are there. */
import type { Client } from "../clients/client.ts";
import { ClaimFailed, type Experiment } from "../experiment/experiment.ts";
import { between } from "../experiment/random.ts";
import { totalCpuNs } from "../server/process_clock.ts";
import type { RunningServer } from "../server/running_server.ts";
import { startedEver } from "../server/thread_counters.ts";
import { served } from "./served_or_held.ts";

const LEAST_PINGS = 20, MOST_PINGS = 30;
/** Looks: other programs start threads too, and so each may show too many, and none too few. */
const LOOKS = 2;
/** Of the CPU time, what threads have used that are gone: to start and to end, a thread itself takes more. */
const GONE_SHARE = 0.1;
/** For so many replies, on a machine that is very busy. */
const MOST_MS = 60_000;
const EACH = "Each request, however small, has a thread of its own, which ends with it.";

/** Fails unless PINGs, sent one at a time, start a thread each. */
export async function startedForPings(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<void> {
  const pings = between(t.random, LEAST_PINGS, MOST_PINGS);
  await t.quiet(server);
  const live = new Map(server.threads().map(({ tid, cpuNs }) => [tid, cpuNs]));
  const allNs = totalCpuNs(server.processes()), before = startedEver();
  for (let i = 0; i < pings; i++) await served(t, server, client);
  await t.quiet(server);
  const started = startedEver() - before;
  const usedNs = totalCpuNs(server.processes()) - allNs;
  const liveNs = server.threads()
    .reduce((sum, { tid, cpuNs }) => sum + cpuNs - (live.get(tid) ?? 0), 0);
  const share = (usedNs - liveNs) / usedNs;
  const seen =
    `${pings} PINGs started ${started} threads at most, and threads that are gone used ` +
    `${(100 * share).toFixed(0)} % of the CPU time`;
  t.record("server", seen);
  if (started < pings || share < GONE_SHARE) throw new ClaimFailed(seen, EACH);
}

/**
 * Lets so many clients send a quick request at the same time.
 *
 * @returns how many threads were started meanwhile on this machine, the fewest of several times.
 */
export async function quickBurst(
  t: Experiment,
  server: RunningServer,
  count: number,
): Promise<number> {
  const clients = await t.connectMany(server, count, "quick client");
  let fewest = Infinity;
  // Others can only add: too few is too few at the first look.
  for (let look = 0; look < LOOKS && fewest >= count; look++) {
    await t.quiet(server);
    const before = startedEver();
    const replies = Promise.all(clients.map((client) => client.ask("PING")));
    // To start so many threads is much work, and no sign that the server works without end.
    const what = `${count} PINGs that came together`;
    await t.comes(server, replies.then((all) => all[0]), what, MOST_MS);
    fewest = Math.min(fewest, startedEver() - before);
  }
  return fewest;
}
