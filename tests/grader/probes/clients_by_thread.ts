/** Which clients share a thread. */
import type { Client } from "../clients/client.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { RunningServer } from "../server/running_server.ts";
import { fibThatShows, whoWorked } from "./who_works.ts";

const ONE_PROCESS = "The threads are threads of one process; a pool of processes is lesson 6.";

/** The clients, in groups by the thread that does their business. */
export async function byThread(
  t: Experiment,
  server: RunningServer,
  clients: readonly Client[],
): Promise<Client[][]> {
  const groups = new Map<number, Client[]>();
  const processes = new Set<number | undefined>();
  const n = await fibThatShows(t, server, clients[0]);
  for (const client of clients) {
    const tid = await whoWorked(t, server, client, n);
    groups.set(tid, [...groups.get(tid) ?? [], client]);
    processes.add(server.threads().find((thread) => thread.tid === tid)?.pid);
  }
  t.expect(processes.size === 1, `${processes.size} processes do the business`, ONE_PROCESS);
  return [...groups.values()];
}
