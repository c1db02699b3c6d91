/** How what is to be reached is measured, where it is more than the CPU time of two servers. */
import { settled } from "../compare/measure.ts";
import { median } from "../../lessons/lab/race/statistics.ts";
import { LineClient, newClients, roundTrips } from "../compare/workloads.ts";
import { ownMemory } from "../grader/server/proc.ts";
import { asking, type Effort, measureOnce, withServers } from "./ratios.ts";
import type { Peer } from "./servers.ts";

const KIB = 1024;
/** For what takes a thread each time. */
const MOST_NEW = 31;

/** Times something at a server that listens at the port, in ms. */
export type Timed = (port: number, effort: Effort) => Promise<number>;

/** What each of many clients that say nothing costs a server in memory; a new server each round. */
export async function idleClientKib(
  peer: Peer,
  count: number,
  { rounds }: Effort,
): Promise<number[]> {
  const found: number[] = [];
  while (found.length < rounds) {
    await withServers([peer], async ([server]) => {
      await settled(server);
      const before = ownMemory(server.pid);
      const clients = await LineClient.connectMany(server.port, count);
      await settled(server);
      const after = ownMemory(server.pid);
      for (const client of clients) client.close();
      if (before === undefined || after === undefined) {
        throw new Error("the kernel does not tell a process's memory (smaps_rollup)");
      }
      found.push((after - before) / count / KIB);
    });
  }
  return found;
}

/** One server's time as a part of another's, in each round. */
export async function timeRatios(
  one: Peer,
  other: Peer,
  timed: Timed,
  effort: Effort,
): Promise<number[]> {
  return await withServers([one, other], async ([first, second]) => {
    const found: number[] = [];
    while (found.length < effort.rounds) {
      const ms = await timed(first.port, effort);
      found.push(ms / await timed(second.port, effort));
    }
    return found;
  });
}

/** A client that connects, asks for PING and leaves. */
export async function newClientMs(port: number, { seconds }: Effort): Promise<number> {
  return median(await newClients(port, { ms: seconds * 1000, most: MOST_NEW }));
}

/** A client that has connected, and asks for PING. */
export async function pingMs(port: number, { seconds }: Effort): Promise<number> {
  const client = await LineClient.connect(port);
  const tripsUs = await roundTrips(client, { ms: seconds * 1000, most: MOST_NEW });
  client.close();
  return median(tripsUs) / 1000;
}

/** The dearest request by the cheapest, when different numbers of clients ask; in each round. */
export async function dearestByCheapest(
  peer: Peer,
  counts: readonly number[],
  effort: Effort,
): Promise<number[]> {
  return await withServers([peer], async ([server]) => {
    const found: number[] = [];
    while (found.length < effort.rounds) {
      const costs: number[] = [];
      for (const count of counts) {
        costs.push((await measureOnce(server, asking(count), effort, found.length)).cpuUs);
      }
      found.push(Math.max(...costs) / Math.min(...costs));
    }
    return found;
  });
}
