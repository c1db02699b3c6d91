/** Which process of a server serves a client. */
import type { Client } from "../clients/client.ts";
import { ClaimFailed, type Experiment } from "../experiment/experiment.ts";
import { connectionEnds, hasOpen } from "../server/sockets.ts";
import { MOST_OF_THEM, TIMES, wakesForPings } from "./wakes.ts";
import { finishRequest, readersOf } from "./who_reads_and_writes.ts";
import type { RunningServer } from "../server/running_server.ts";
import { fibThatShows, whoWorked } from "./who_works.ts";

/** The process that does the client's business. */
export async function processOf(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<number> {
  const pid = onlyProcess(server) ??
    processWith(server, await whoWorked(t, server, client, await fibThatShows(t, server, client)));
  t.record("server", `does the business of ${client.name} in process ${pid}`);
  return pid;
}

/** The process that reads from the client, by way of a large request. */
export async function readingProcess(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<number> {
  const only = onlyProcess(server);
  if (only !== undefined) return only;
  const [tid] = await readersOf(t, server, [client]);
  const pid = processWith(server, tid);
  await finishRequest(t, server, client);
  return pid;
}

/** Of one process it is known who does all; which of its threads may be hard to see, if they are brief. */
function onlyProcess(server: RunningServer): number | undefined {
  const processes = server.processes();
  return processes.length === 1 ? processes[0] : undefined;
}

function processWith(server: RunningServer, tid: number): number {
  return server.threads().find((thread) => thread.tid === tid)?.pid ?? server.pid;
}

/** The processes that have the server's end of the client's connection open. */
export function holdersOf(server: RunningServer, client: Client): number[] {
  const name = connectionEnds(server.port, client.port).server?.name;
  return server.processes().filter((pid) => name !== undefined && hasOpen(pid, name));
}

/**
 * Fails when a dozen PINGs of a client wake another process beside the one that does its business: who
 * hands requests on to somebody else does not serve them.
 */
export async function onlyOneWakes(
  t: Experiment,
  server: RunningServer,
  client: Client,
  pid: number,
): Promise<void> {
  let seen = "";
  for (let look = 1; look <= 2; look++) {
    const { sleeps } = await wakesForPings(t, server, client);
    const woke = (ours: boolean) =>
      sleeps.filter((one) => (one.pid === pid) === ours)
        .reduce((sum, { grew }) => sum + grew, 0);
    if (woke(false) < MOST_OF_THEM && woke(true) >= MOST_OF_THEM) return;
    seen = `${client.name}'s ${TIMES} PINGs woke process ${pid} ${woke(true)} times, and others ` +
      `${woke(false)} times`;
    t.record("server", seen);
  }
  throw new ClaimFailed(seen, "A process reads, works and writes for its clients by itself.");
}

/** The clients by the process that does their business; the process with most clients first. */
export async function byProcess(
  t: Experiment,
  server: RunningServer,
  clients: readonly Client[],
): Promise<[pid: number, clients: Client[]][]> {
  const pids = new Map<number, Client[]>();
  for (const client of clients) {
    const pid = await processOf(t, server, client);
    pids.set(pid, [...pids.get(pid) ?? [], client]);
  }
  return [...pids].sort(([, a], [, b]) => b.length - a.length);
}

/** How many commands the process that serves the client has counted, by its INFO; NaN: it tells none. */
export async function commandsCounted(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<number> {
  const info = await t.answered(
    server,
    client.ask("INFO"),
    "INFO",
    "INFO is a request like any other.",
  );
  return Number(/^total_commands:(\d+)\r?$/m.exec(info)?.[1] ?? NaN);
}
