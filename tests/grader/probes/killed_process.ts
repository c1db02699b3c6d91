/** A process of a server that is killed: what becomes of its client, and what takes its place. */
import { type Client, ConnectionLost } from "../clients/client.ts";
import { serverEnded } from "../experiment/claim_failed.ts";
import { ClaimFailed, type Experiment } from "../experiment/experiment.ts";
import { endedUnwaited } from "../server/proc.ts";
import type { RunningServer } from "../server/running_server.ts";

/** For a process to be replaced; nothing is said about how quick that has to be. */
const MOST_MS = 10_000;
const POLL_MS = 5;

/** Kills a process of a server, without asking it. */
export function killProcess(t: Experiment, pid: number): void {
  t.record("grader", `kills process ${pid}`);
  Deno.kill(pid, "SIGKILL");
}

/**
 * Waits for a process in the place of one that was killed.
 *
 * @param before the processes that there were, the killed one among them.
 * @returns the new one's number.
 * @throws {ClaimFailed} when the server has ended with it; or when none comes: with the hint, and
 *   whether anybody noticed the death.
 */
export async function replacementOf(
  t: Experiment,
  server: RunningServer,
  pid: number,
  before: readonly number[],
  hint: string,
): Promise<number> {
  const startMs = performance.now();
  while (performance.now() - startMs < MOST_MS && server.running) {
    const started = server.processes().find((one) => !before.includes(one));
    if (started !== undefined) {
      t.record("server", `has a new process, ${started}`);
      return started;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  if (!server.running) throw await serverEnded(server, `process ${pid} was killed`);
  const unwaited = endedUnwaited(pid) ? "; it ended, and nobody waited for it" : "";
  throw new ClaimFailed(`process ${pid} was killed, and none took its place${unwaited}`, hint);
}

/** What the client's connection ends with, or the reply that comes instead. */
export async function lossOf(client: Client): Promise<string> {
  try {
    return `got ${await client.reply()}`;
  } catch (error) {
    if (error instanceof ConnectionLost) return `lost its connection: ${error.message}`;
    throw error;
  }
}
