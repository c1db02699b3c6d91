/** What a server costs that does nothing, and what it does at once. Nothing is judged. */
import { ownMemory, processTree, procExists } from "../grader/server/proc.ts";
import { untilQuiet } from "../grader/server/at_rest.ts";
import type { Effort } from "./effort.ts";
import type { Figures } from "./figures.ts";
import type { MeasuredServer } from "./measured_server.ts";
import type { ModelFacts } from "./models.ts";
import { median } from "../../lessons/lab/race/statistics.ts";
import { LineClient, newClients, together } from "./workloads.ts";

/** Clients of each workload that is to show what a server does at once. */
const TOGETHER = 8;
/** Silent clients by which threads are counted. */
const SILENT = 20;
/** For a server to come to rest, where that cannot be seen. */
const WITHOUT_PROC_MS = 500;
/** How often a server that works on is waited for again. */
const MORE_WORK = 5;
/** The computing that is asked for at least and at most. */
const LEAST_FIB = 20, MOST_FIB = 37;

/** How long a server takes to start. */
export async function measureStart(
  start: () => Promise<MeasuredServer>,
  { starts }: Effort,
): Promise<Figures> {
  const found: Figures[] = [];
  while (found.length < starts) {
    const startMs = performance.now();
    const server = await start();
    const client = await LineClient.connect(server.port);
    await client.ping();
    found.push({ listens_ms: server.listensMs, replies_ms: performance.now() - startMs });
    client.close();
    await server.stop();
  }
  return medians(found);
}

/** What a server costs that does nothing: processes, threads, memory. Linux only. */
export async function measureAtRest(
  start: () => Promise<MeasuredServer>,
  { memoryClients }: ModelFacts,
  { starts }: Effort,
): Promise<Figures> {
  const found: Figures[] = [];
  while (procExists && found.length < starts) {
    const server = await start();
    found.push(await measureMemory(server, memoryClients));
    await server.stop();
  }
  return medians(found);
}

/** Threads and memory, before and with silent clients. */
async function measureMemory(server: MeasuredServer, memoryClients: number): Promise<Figures> {
  await settled(server);
  const memory_bytes = ownMemory(server.pid);
  const figures = { processes: processTree(server.pid).length, threads: server.threads().length };
  const clients = await LineClient.connectMany(server.port, SILENT);
  await settled(server);
  const threads_20_clients = server.threads().length;
  const more = Math.max(0, memoryClients - SILENT);
  clients.push(...await LineClient.connectMany(server.port, more));
  await settled(server);
  const with_clients_bytes = ownMemory(server.pid);
  for (const client of clients) client.close();
  const memory_per_client_bytes = memory_bytes && with_clients_bytes && memoryClients > 0
    ? (with_clients_bytes - memory_bytes) / memoryClients
    : undefined;
  return { ...figures, memory_bytes, threads_20_clients, memory_per_client_bytes };
}

/** Waits until the server has done what there is to do: started its threads, seen its clients. */
export async function settled(server: MeasuredServer): Promise<void> {
  // Elsewhere it is not to be seen whether a server works; a pool is there in less than that.
  if (!procExists) return await new Promise((resolve) => setTimeout(resolve, WITHOUT_PROC_MS));
  let outcome = await untilQuiet(server, () => false);
  // Twenty threads to start may take a slow machine longer than a claim's server is given.
  for (let more = 0; more < MORE_WORK && outcome === "busy"; more++) {
    outcome = await untilQuiet(server, () => false);
  }
  if (outcome !== "quiet") throw new Error(`it does not come to rest: ${outcome}`);
}

/** What a server does at once, and how long a new client takes. */
export async function measureAtOnce(
  server: MeasuredServer,
  { served }: ModelFacts,
  fib: number,
  effort: Effort,
): Promise<Figures> {
  await settled(server);
  const { sleepMs } = effort;
  const new_client_ms = median(await newClients(server.port, effort.newClients));
  const sleepsMs = await medianTogether(server, `SLEEP ${sleepMs}`, served, effort);
  const fib_ms = await medianTogether(server, `FIB ${fib}`, served, effort);
  return { new_client_ms, sleep_at_once: TOGETHER * sleepMs / sleepsMs, fib_ms };
}

/** How long eight clients take together, in ms. `served` as in `together`. */
export async function medianTogether(
  server: MeasuredServer,
  request: string,
  served: number,
  { runs }: Effort,
): Promise<number> {
  const tookMs: number[] = [];
  while (tookMs.length < runs) {
    // Clients that have left and are not yet forgotten would have a say in who gets the next.
    await settled(server);
    tookMs.push(await together(server.port, request, TOGETHER, served));
  }
  return median(tookMs);
}

/** The largest n for which FIB does not take longer than it may on this machine. */
export async function chooseFib({ port }: MeasuredServer, { fibMs }: Effort): Promise<number> {
  let fib = LEAST_FIB;
  while (fib < MOST_FIB) {
    // Twice: the first may be compiled on the way.
    await together(port, `FIB ${fib}`, 1, 1);
    if (await together(port, `FIB ${fib}`, 1, 1) * 1.6 > fibMs) break;
    fib++;
  }
  return fib;
}

/** Of each figure that there is, the median. */
function medians(all: readonly Figures[]): Figures {
  const names = Object.keys(all[0] ?? {}) as (keyof Figures)[];
  return Object.fromEntries(names.flatMap((name) => {
    const values = all.map((one) => one[name]).filter((value) => value !== undefined);
    return values.length === 0 ? [] : [[name, median(values)]];
  }));
}
