/** What becomes of a server's other clients when one leaves. */
import { type Client, shown } from "../clients/client.ts";
import { closeUntilSeen } from "../clients/short_client.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { shuffled } from "../experiment/random.ts";
import type { RunningServer } from "../server/running_server.ts";

const STAYS = "A client that leaves ends its own connection, and nobody else's.";
/** Clients that are there together, of which some leave. */
const TOGETHER = 6, LEAVE = 3;

/** Where several are served at a time, one that leaves takes nobody along. */
export async function othersStay(t: Experiment, server: RunningServer): Promise<void> {
  const clients = await t.connectMany(server, TOGETHER, "neighbour");
  const served: Client[] = [];
  const replies = clients.map((client) => client.ask("PING").then(() => served.push(client)));
  await t.fateFor(server, Promise.all(replies), "neighbours sent PING", STAYS);
  if (served.length <= 1) return await oneByOne(t, server, clients, replies);
  for (const client of shuffled(t.random, [...served]).slice(0, LEAVE)) {
    if (served.length === 1) break;
    served.splice(served.indexOf(client), 1);
    await closeUntilSeen(t, server, client);
    for (const other of served) {
      const what = `${other.name}, after ${client.name} left`;
      const reply = await t.answered(server, other.ask("PING"), what, STAYS);
      t.expect(reply === "+PONG", `${what}: it got ${shown(reply)}`, STAYS);
    }
  }
  for (const client of clients) client.close();
  await t.quiet(server);
}

/** Where one is served at a time, each has its turn when the one before has left. */
async function oneByOne(
  t: Experiment,
  server: RunningServer,
  clients: readonly Client[],
  replies: readonly Promise<unknown>[],
): Promise<void> {
  for (const [i, client] of clients.entries()) {
    await t.answered(server, replies[i], `${client.name}'s turn`, STAYS);
    client.close();
  }
  await t.quiet(server);
}
