/** Clients that come and go. */
import type { Client } from "./client.ts";
import type { Experiment } from "./experiment.ts";
import { served } from "./measure.ts";
import { newThreads } from "./thread_use.ts";
import type { ThreadSample } from "./proc.ts";
import type { RunningServer } from "./target.ts";

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
