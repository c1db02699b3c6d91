/** What the smallest request costs a server, and its client. */
import { cpuMsOf, procExists } from "../grader/server/proc.ts";
import type { Effort } from "./effort.ts";
import type { Figures } from "./figures.ts";
import type { MeasuredServer } from "./measured_server.ts";
import { median, quantile } from "../../lessons/lab/race/statistics.ts";
import { LineClient, pings, roundTrips } from "./workloads.ts";

/** A percentile of fewer says nothing. */
const LEAST_FOR_P99 = 100;

/** What a PING costs: of one client alone, and of many. */
export async function measurePing(
  server: MeasuredServer,
  clients: number,
  effort: Effort,
): Promise<Figures> {
  const tripsUs: number[] = [];
  const ping_alone_cpu_us = await cpuOf(server, 1, effort, async ([client]) => {
    const run = await roundTrips(client, effort.roundTrips);
    tripsUs.push(...run);
    return run.length;
  });
  const ping_load_cpu_us = await cpuOf(
    server,
    clients,
    effort,
    (all) => pings(all, effort.pings),
  );
  return {
    ping_alone_cpu_us,
    ping_median_us: median(tripsUs),
    ping_p99_us: tripsUs.length < LEAST_FOR_P99 ? undefined : quantile(tripsUs, 0.99),
    ping_clients: clients,
    ping_load_cpu_us,
  };
}

/**
 * The server's CPU time for one request, in µs; undefined without Linux's /proc.
 *
 * @param run has the clients ask, and returns how many requests were answered.
 */
async function cpuOf(
  server: MeasuredServer,
  clients: number,
  { runs, warmUp }: Effort,
  run: (clients: readonly LineClient[]) => Promise<number>,
): Promise<number | undefined> {
  const connected = await LineClient.connectMany(server.port, clients);
  await pings(connected, warmUp);
  const cpuUs: number[] = [];
  for (let n = 0; n < runs; n++) {
    const beforeMs = cpuMsOf(server.pid);
    const answered = await run(connected);
    cpuUs.push((cpuMsOf(server.pid) - beforeMs) * 1000 / answered);
  }
  for (const client of connected) client.close();
  return procExists ? median(cpuUs) : undefined;
}
