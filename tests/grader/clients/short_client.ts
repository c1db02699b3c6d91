/** Clients that come and go. */
import type { Client } from "./client.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { served } from "../probes/served_or_held.ts";
import { newThreads } from "../probes/thread_count.ts";
import type { ThreadSample } from "../server/proc.ts";
import type { RunningServer } from "../server/running_server.ts";

/**
 * One client that connects, gets one reply and closes.
 *
 * @returns the threads that started since `before` and that its connection, when idle, still has.
 */
export async function shortClient(
  t: Experiment,
  server: RunningServer,
  name: string,
  before: readonly ThreadSample[],
): Promise<ThreadSample[]> {
  const client = await t.connect(server, name);
  await served(t, server, client);
  await t.quiet(server);
  const started = newThreads(server, before);
  await closeUntilSeen(t, server, client);
  return started;
}

/** Closes the client, and waits until the server has done what it does about it. */
export async function closeUntilSeen(
  t: Experiment,
  server: RunningServer,
  client: Client,
): Promise<void> {
  client.close();
  await t.quiet(server);
}
