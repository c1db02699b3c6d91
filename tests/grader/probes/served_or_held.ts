/** Who is served, and who is held up: what most experiments ask of a server. */
import { type Client, shown } from "../clients/client.ts";
import type { Experiment } from "../experiment/experiment.ts";
import type { RunningServer } from "../server/running_server.ts";

/** The hint when a client is not served. */
export const SERVE_ALL = "Every connected client is to be served, whatever the others do.";
/** Measured requests, of which the middle one counts. */
const PINGS = 5;

/** The client sends PING, and gets its PONG. */
export async function served(
  t: Experiment,
  server: RunningServer,
  client: Client,
  what = `${client.name} sent PING`,
  hint = SERVE_ALL,
): Promise<void> {
  const reply = await t.answered(server, client.ask("PING"), what, hint);
  t.expect(reply === "+PONG", `${what}: it got ${shown(reply)}`, "The reply to PING is PONG.");
  // Who floods its clients has answered none of them.
  t.expect(client.unasked === 0, `${what}: it got replies without end`, "One request, one reply.");
}

/** Connects clients that each get one reply, so that whatever a client costs is there. */
export async function connectServed(
  t: Experiment,
  server: RunningServer,
  count: number,
): Promise<Client[]> {
  const clients = await t.connectMany(server, count);
  for (const client of clients) {
    await served(t, server, client);
  }
  await t.quiet(server);
  return clients;
}

/**
 * The same, each served twice: a connection that is answered once and then forgotten would look like
 * one that is held up.
 */
export async function connectServedTwice(
  t: Experiment,
  server: RunningServer,
  count: number,
): Promise<Client[]> {
  const clients = await connectServed(t, server, count);
  for (const client of clients) await servedAgain(t, server, client);
  await t.quiet(server);
  return clients;
}

/** A second reply, to a client that was served before. */
export async function servedAgain(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<void> {
  await served(t, server, client, `${client.name} sent another PING`);
}

/** How long a PING takes, in ms: the middle one of some, for a verdict's text and not for a verdict. */
export async function pingMs(t: Experiment, server: RunningServer): Promise<string> {
  const client = await t.connect(server, "measuring client");
  const times: number[] = [];
  for (let i = 0; i <= PINGS; i++) {
    const startMs = performance.now();
    await served(t, server, client);
    times.push(performance.now() - startMs);
  }
  // The first one may cost the server something that the others do not.
  return times.slice(1).sort((a, b) => a - b)[PINGS >> 1].toFixed(1);
}
