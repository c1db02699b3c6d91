/** What a server has before and after something happened to it: threads and descriptors. */
import { assert } from "@std/assert";
import type { Experiment } from "../grader/experiment/experiment.ts";
import { openDescriptors, processTree } from "../grader/server/proc.ts";
import type { RunningServer } from "../grader/server/running_server.ts";
import { ask, connect } from "./wire.ts";

/** Serves two clients, so that what the first ones cost is paid, and counts what the server has. */
export async function warmUp(server: RunningServer, t: Experiment) {
  for (let i = 0; i < 2; i++) await serveOne(server);
  await t.quiet(server);
  return { descriptors: openDescriptors(server.pid), threads: server.threads().length };
}

/** A client comes, is served, and goes. */
export async function serveOne(server: RunningServer): Promise<void> {
  using conn = await connect(server);
  await ask(conn, "ECHO hello\r\n", "$5\r\nhello\r\n");
}

/** Some time after its start, Deno starts a thread of its own, with an event loop, in each process. */
const SPARE = { descriptors: 2, threads: 1 };

/** Waits until the server has no more than it had before; it fails when the server waits as well. */
export async function expectNothingLeft(
  server: RunningServer,
  t: Experiment,
  before: { descriptors: number; threads: number },
): Promise<void> {
  const processes = processTree(server.pid).length;
  let descriptors = 0, threads = 0;
  const nothingLeft = await t.until(server, () => {
    descriptors = openDescriptors(server.pid) - before.descriptors;
    threads = server.threads().length - before.threads;
    return descriptors <= processes * SPARE.descriptors && threads <= processes * SPARE.threads;
  });
  assert(nothingLeft, `${descriptors} descriptors and ${threads} threads more than before`);
}
