/** Processes of a server, some of them busy: who is served all the same, and when nobody is any more. */
import type { Client } from "../clients/client.ts";
import { ClaimFailed, type Experiment } from "../experiment/experiment.ts";
import { blockBusiness } from "./blocking.ts";
import { askAll } from "./asking.ts";
import type { RunningServer } from "../server/running_server.ts";

/** Half of the clients come to a busy process of two, at worst: 1 run in 4096 sees no other. */
const MOST_CLIENTS = 12;
/** So many of them are looked at for longer. */
const LONG_LOOKS = 2;
const ACCEPTS = "Every process that is free accepts; one that is busy does not.";

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
    // A process that is free may take its time until it looks for new clients.
    const expected = i <= LONG_LOOKS ? "answered" : undefined;
    const { answered } = await askAll(t, server, [client], { expected, by: "somebody" });
    if (answered.length > 0) return client;
  }
}

/** Lets clients' requests block until no process is free any more. Returns how many are under way. */
export async function blockProcesses(t: Experiment, server: RunningServer): Promise<number> {
  const told = server.sizes.processes;
  const most = told ?? server.processes().length;
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
