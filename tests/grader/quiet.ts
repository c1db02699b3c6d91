/**
 * Tells when a server has done what it can do: no thread of it runs or wants to, and nothing is on its
 * way to it. Time decides nothing here. A server that waits for a core wants to run; one that is held
 * up waits for something else, and will wait for ever.
 *
 * Two things look like quiet and are not, on a machine that is overloaded. Threads that hand something
 * on to each other may each be asleep in the moment when they are looked at; but then they have been
 * put on a core since the look before. And bytes may lie in the kernel between two sockets, because it
 * has not come round to passing them on; or at a client's, because this process has not come round to
 * reading them.
 */
import type { ThreadSample } from "./proc.ts";
import { packetsWait, socketPairs } from "./sockets.ts";
import type { RunningServer } from "./target.ts";

/** Between two looks at the server's threads. */
const LOOK_EVERY_MS = 12;
/** What a look adds in which no thread runs, and none has run since the look before; or some have. */
const RESTED = 4, RAN_BETWEEN = 1;
/** So much in a row, and the server is quiet: 4 looks with one wake-up between them, or 13. */
const QUIET = 13;
/** A look that comes so much too late tells that the machine is overloaded. */
const LATE_MS = 20;
/** CPU time that a quiet server may use between two looks: a timer, a collector. */
const QUIET_CPU_NS = 1_000_000;
/** CPU time after which a server that never gets quiet is not going to answer. */
const BUSY_CPU_NS = 1_500_000_000;
/** After that nothing can be said. */
const GIVE_UP_MS = 12_000;

/** What is watched of a server. */
export type Watched = Pick<RunningServer, "port" | "running" | "threads">;

/** What came first. */
export type Outcome = "done" | "quiet" | "busy" | "ended" | "unclear";

/**
 * Waits until something holds, or the server is quiet, has ended, or works without end.
 *
 * @param isRead whether a client of this process that has the port reads what comes.
 */
export async function untilQuiet(
  server: Watched,
  done: () => boolean,
  isRead: (port: number) => boolean = () => false,
): Promise<Outcome> {
  const endMs = performance.now() + GIVE_UP_MS;
  const first = server.threads();
  const firstNs = sum(first, "cpuNs");
  let lastNs = firstNs, lastRuns = sum(first, "runs"), quiet = 0, late = false;
  while (quiet < QUIET) {
    const lookMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    if (done()) return "done";
    if (!server.running) return "ended";
    const threads = server.threads();
    const [nowNs, nowRuns] = [sum(threads, "cpuNs"), sum(threads, "runs")];
    const runs = threads.some(({ state }) => state === "R" || state === "D");
    if (runs || packetsWait() || nowNs - lastNs > QUIET_CPU_NS) [quiet, late] = [0, false];
    else quiet += nowRuns === lastRuns ? RESTED : RAN_BETWEEN;
    [lastNs, lastRuns] = [nowNs, nowRuns];
    if (performance.now() - lookMs > LOOK_EVERY_MS + LATE_MS) late = true;
    if (quiet >= QUIET && late && bytesOnTheirWay(server.port, isRead)) [quiet, late] = [0, false];
    if (nowNs - firstNs > BUSY_CPU_NS) return "busy";
    if (performance.now() > endMs) return "unclear";
  }
  // It may have answered while it was looked at: what has come by now is read in the next turn.
  await new Promise((resolve) => setTimeout(resolve));
  return done() ? "done" : "quiet";
}

function sum(threads: readonly ThreadSample[], what: "cpuNs" | "runs"): number {
  return threads.reduce((total, thread) => total + thread[what], 0);
}

/**
 * Whether one end has sent what the other has not got. Bytes that nobody reads are not on their way:
 * they lie at the receiver, and stop the sender there.
 */
function bytesOnTheirWay(port: number, isRead: (port: number) => boolean): boolean {
  return socketPairs(port).some(({ near, far }) =>
    (far.receiveQueue > 0 && isRead(far.localPort)) ||
    (near.sendQueue > 0 && far.receiveQueue === 0) || (far.sendQueue > 0 && near.receiveQueue === 0)
  );
}
