/**
 * Who did it. Nothing else goes on in a server while one client does one thing, so the thread that deals
 * with that client is the one whose CPU time grows, as the operating system counts it. What only happens
 * to be so in some servers, such as a thread's name, says nothing.
 */
import { Inconclusive } from "../experiment/claim_failed.ts";
import type { RunningServer } from "../server/running_server.ts";
import { perThread, type ThreadUse } from "../server/thread_use.ts";

/** The CPU time of each thread while the action goes on, largest first. */
export async function usedFor(
  server: RunningServer,
  action: () => Promise<unknown>,
): Promise<ThreadUse[]> {
  const before = server.threads();
  await action();
  return perThread(before, server.threads(), "cpuNs");
}

/** Of each thread the smaller figure, 0 when it was there once only; the largest of them first. */
export function leastOf(one: readonly ThreadUse[], other: readonly ThreadUse[]): ThreadUse[] {
  const others = new Map(other.map(({ thread, used }) => [thread.tid, used]));
  return one
    .map(({ thread, used }) => ({ thread, used: Math.min(used, others.get(thread.tid) ?? 0) }))
    .sort((a, b) => b.used - a.used);
}

/**
 * The thread that used more than twice as much as any other; undefined when there is none.
 *
 * @param uses largest first, as from `perThread`.
 * @param least what it has to have used in any case.
 */
export function standsOut(uses: readonly ThreadUse[], least = 0): ThreadUse | undefined {
  const [most, second] = uses;
  if (most === undefined || most.used < least) return undefined;
  return most.used > 2 * (second?.used ?? 0) ? most : undefined;
}

/**
 * Looks again and again, until one thread stands out.
 *
 * @param times how often, at most.
 * @param look has it done once more; undefined: no thread stood out.
 * @throws Inconclusive when none ever does.
 */
export async function whoStandsOut(
  times: number,
  look: (time: number) => Promise<ThreadUse | undefined>,
): Promise<ThreadUse> {
  for (let time = 1; time <= times; time++) {
    const one = await look(time);
    if (one !== undefined) return one;
  }
  throw new Inconclusive("no thread stands out by its CPU time");
}
