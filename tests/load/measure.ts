/** One round: one server, with one number of clients. */
import process from "node:process";
import { ownMemory, procExists, threadsOf } from "../grader/server/proc.ts";
import type { LoadRequest } from "./arguments.ts";
import { CpuClock } from "./cpu_clock.ts";
import { WARM_UP_GRACE_MS } from "./generator/generator.ts";
import { Generators } from "./generator/generators.ts";
import type { Tally } from "./generator/tally.ts";
import type { Subject } from "./targets.ts";

/** What one round came to. */
export interface Round {
  readonly tally: Tally;
  readonly cpuUs?: number;
  readonly memoryBytes?: number;
  readonly threads?: number;
  readonly generatorBusy: number;
}

/** How the load is made. */
export type RoundPlan =
  & Pick<LoadRequest, "work" | "idle" | "pipeline" | "churn" | "rate">
  & Pick<LoadRequest, "seconds" | "warmUpSeconds" | "threads">;

/**
 * Connects the clients, lets them ask, and looks at the server when they have their replies.
 *
 * @param signal ends it early; then it returns what was measured until then.
 * @throws Error when the server breaks its word or a connection.
 */
export async function measureRound(
  { address, pid }: Pick<Subject, "address" | "pid">,
  clients: number,
  plan: RoundPlan,
  seed: number,
  signal?: AbortSignal,
): Promise<Round> {
  signal?.throwIfAborted();
  const { threads, seconds, warmUpSeconds } = plan;
  const load = { ...plan, address, clients, seed };
  const generators = await Generators.connect(load, threads, signal);
  try {
    if (warmUpSeconds > 0) await generators.run(warmUpSeconds * 1000, WARM_UP_GRACE_MS);
    const seen = procExists ? pid : undefined;
    const clock = seen === undefined ? undefined : new CpuClock(seen);
    const own = process.cpuUsage();
    const tally = await generators.run(seconds * 1000);
    const { user, system } = process.cpuUsage(own);
    const busy = (user + system) / 1e6 / (tally.seconds * Math.min(threads, clients));
    const generatorBusy = Number.isFinite(busy) ? busy : 0;
    if (seen === undefined || clock === undefined) return { tally, generatorBusy };
    const cpuUs = clock.us;
    return {
      tally,
      generatorBusy,
      cpuUs: tally.replies === 0 ? undefined : cpuUs / tally.replies,
      memoryBytes: ownMemory(seen),
      threads: threadsOf(seen).length,
    };
  } finally {
    generators.close();
  }
}
