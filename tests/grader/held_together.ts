/** Which clients wait for each other: found by what they get, whatever the system says of threads. */
import type { Client } from "./client.ts";
import type { Experiment } from "./experiment.ts";
import { blockBusiness, probe } from "./measure.ts";
import type { RunningServer } from "./target.ts";

/**
 * Lets the business of one client block, then of one more that is still answered, and so on until
 * none is. How many that takes is how many requests the server works on at once.
 *
 * @param clients connected, and served before.
 * @returns for each request that is under way, its client, and then those that it holds up.
 */
export async function blockOneByOne(
  t: Experiment,
  server: RunningServer,
  clients: readonly Client[],
): Promise<Client[][]> {
  const groups: Client[][] = [];
  for (let free = clients; free.length > 0;) {
    const [next, ...others] = free;
    await blockBusiness(t, server, next);
    const held: Client[] = [], answered: Client[] = [];
    for (const client of others) {
      (await probe(t, server, client) === "held" ? held : answered).push(client);
    }
    groups.push([next, ...held]);
    free = answered;
  }
  return groups;
}
