/** What lessons with a fixed number of threads claim of them: they are there before any client. */
import type { Experiment } from "../experiment/experiment.ts";
import { between } from "../experiment/random.ts";
import type { RunningServer } from "../server/running_server.ts";
import { connectServed } from "./served_or_held.ts";
import { costText, RUNTIMES_OWN, threadGrowth } from "./thread_count.ts";

const FEW = 2, MANY = 8;
/** Clients that come then. */
const LEAST_CLIENTS = 30, MOST_CLIENTS = 60;

/**
 * Starts the server with few and with many threads, and then lets clients come.
 *
 * @param size by which the server is told how many.
 * @param name what they are called in the verdict.
 * @param come lets so many clients come; default: each is served.
 */
export async function fixedThreads(
  t: Experiment,
  size: "workers" | "threads",
  name: string,
  come: (t: Experiment, server: RunningServer, count: number) => Promise<unknown> = connectServed,
): Promise<string> {
  // Each is counted as soon as it is quiet: later a runtime ends some threads of its own.
  const small = await t.server({ [size]: FEW });
  await t.quiet(small);
  const few = small.threads().length;
  const large = await t.server({ [size]: MANY });
  await t.quiet(large);
  const before = large.threads(), many = before.length;
  const seen = `it had ${few} threads with ${FEW} ${name}, and ${many} with ${MANY}`;
  t.record("server", `has no client yet: ${seen}`);
  t.expect(
    Math.abs(many - few - (MANY - FEW)) <= RUNTIMES_OWN || large.sizes[size] === undefined,
    `before the first client came, ${seen}`,
    `Start exactly as many threads as there are to be ${name}, before the server listens: a pool ` +
      "that starts them at the first job makes the first client wait.",
  );
  const clients = between(t.random, LEAST_CLIENTS, MOST_CLIENTS);
  await come(t, large, clients);
  const growth = threadGrowth(large, before);
  const cost = costText(clients, growth);
  t.expect(growth <= RUNTIMES_OWN, cost, "The pool's size is fixed: a client gets no new thread.");
  return `the pool stood before the first client came; ${cost}`;
}
