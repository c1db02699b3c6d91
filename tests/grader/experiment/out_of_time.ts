/** A claim that took too long: no verdict, but the cause as far as it shows. */
import type { Experiment } from "./experiment.ts";
import type { Verdict } from "./verdict.ts";

/** From here on the clock has gone so much further than the limit that it is said. */
const BUSY_TIMES = 1.1;

/** The time for one claim is over. */
export class OutOfTime extends Error {
  override name = "OutOfTime";

  /** @param clockMs how long it took by the clock. */
  constructor(readonly clockMs: number) {
    super();
  }
}

/** The server's threads that run or want to. */
export function runningThreads({ servers }: Experiment): number {
  const threads = servers.flatMap((server) => server.threads());
  return threads.filter(({ state }) => state === "R").length;
}

/** What the experiment was at when its time was over, and what the server did. */
export function outOfTime(t: Experiment, { clockMs }: OutOfTime, limitMs: number): Verdict {
  const { steps, servers } = t;
  const last = steps.at(-1);
  const at = last === undefined
    ? "the server was starting"
    : `the last that happened, after ${(last.atMs / 1000).toFixed(1)} s: ${last.who} ${last.what}`;
  const threads = servers.at(-1)?.threads() ?? [];
  const running = runningThreads(t);
  const does = threads.length === 0
    ? "the server has ended"
    : running === 0
    ? "the server waits"
    : `${running} of the server's ${threads.length} threads use the CPU`;
  const busy = clockMs < limitMs * BUSY_TIMES
    ? ""
    : `, which took ${(clockMs / 1000).toFixed(0)} s since others want the machine's cores`;
  const measured = `not done within ${limitMs / 1000} s${busy}; ${at}; ${does}`;
  return { status: "inconclusive", measured, steps, outOfTime: true };
}
