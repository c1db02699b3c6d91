/** Processes of a server: which one serves a client, and what becomes of one that is killed. */
import { type Client, ConnectionLost } from "./client.ts";
import { ClaimFailed, type Experiment } from "./experiment.ts";
import { finishRequest, readersOf } from "./io_channels.ts";
import { blockBusiness, probe } from "./measure.ts";
import { processTree } from "./proc.ts";
import type { RunningServer } from "./target.ts";
import { fibThatShows, whoWorked } from "./who_works.ts";

/** For a process to be replaced; nothing is said about how quick that has to be. */
const MOST_MS = 10_000;
const POLL_MS = 5;
/** Half of the clients come to a busy process of two, at worst: 1 run in 4096 sees no other. */
const MOST_CLIENTS = 12;
const ACCEPTS = "Every process that is free accepts; one that is busy does not.";

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

/**
 * Connects a client that is served while other clients' processes are busy. Where each process has a
 * queue of its own, a new client may come to a busy one; so several are tried, and those that wait are
 * left alone.
 *
 * @throws ClaimFailed when none of them is served.
 */
export async function servedBeside(
  t: Experiment,
  server: RunningServer,
  name: string,
  hint: string,
): Promise<Client> {
  const client = await findServed(t, server, name);
  if (client === undefined) {
    const seen = `of ${MOST_CLIENTS} clients, ${name} and those after it, none was served`;
    throw new ClaimFailed(seen, hint);
  }
  return client;
}

async function findServed(
  t: Experiment,
  server: RunningServer,
  name: string,
): Promise<Client | undefined> {
  for (let i = 1; i <= MOST_CLIENTS; i++) {
    const client = await t.connect(server, i === 1 ? name : `${name} (${i})`);
    if (await probe(t, server, client) === "answered") return client;
  }
}

/** Lets clients' requests block until no process is free any more. Returns how many are under way. */
export async function blockProcesses(t: Experiment, server: RunningServer): Promise<number> {
  const told = server.sizes.processes;
  const most = told ?? processTree(server.pid).length;
  for (let busy = 0; busy < most; busy++) {
    const client = await findServed(t, server, `sleeper ${busy + 1}`);
    if (client === undefined) {
      // Who was not told how many processes to start has one less: the main process only watches.
      t.expect(told === undefined, `beside ${busy} busy processes no client is served`, ACCEPTS);
      return busy;
    }
    await blockBusiness(t, server, client);
  }
  return most;
}
