/** Processes of a server: which one serves a client, and what becomes of one that is killed. */
import { type Client, ConnectionLost } from "./client.ts";
import type { Experiment } from "./experiment.ts";
import { finishRequest, readersOf } from "./io_channels.ts";
import { processTree } from "./proc.ts";
import type { RunningServer } from "./target.ts";
import { fibThatShows, whoWorked } from "./who_works.ts";

/** For a process to be replaced; nothing is said about how quick that has to be. */
const MOST_MS = 10_000;
const POLL_MS = 5;

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
  const processes = processTree(server.pid);
  return processes.length === 1 ? processes[0] : undefined;
}

function processWith(server: RunningServer, tid: number): number {
  return server.threads().find((thread) => thread.tid === tid)?.pid ?? server.pid;
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

/** Kills a process of a server, without asking it. */
export function killProcess(t: Experiment, pid: number): void {
  t.record("grader", `kills process ${pid}`);
  Deno.kill(pid, "SIGKILL");
}

/** Waits for a process that is not among those that there were; undefined when none comes. */
export async function newProcess(
  t: Experiment,
  server: RunningServer,
  before: readonly number[],
): Promise<number | undefined> {
  const startMs = performance.now();
  while (performance.now() - startMs < MOST_MS && server.running) {
    const started = processTree(server.pid).find((pid) => !before.includes(pid));
    if (started !== undefined) {
      t.record("server", `has a new process, ${started}`);
      return started;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** What the client's connection ends with, or the reply that comes instead. */
export async function lossOf(client: Client): Promise<string> {
  try {
    return `got ${await client.reply()}`;
  } catch (error) {
    if (error instanceof ConnectionLost) return `lost its connection: ${error.message}`;
    throw error;
  }
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
