/** What lessons with a fixed number of threads claim of them: they are there before any client. */
import type { Experiment } from "./experiment.ts";
import { connectServed } from "./measure.ts";
import { costText, RUNTIMES_OWN, threadGrowth } from "./thread_use.ts";

const FEW = 2, MANY = 8;

/**
 * Starts the server with few and with many threads, and then lets clients come.
 *
 * @param size by which the server is told how many.
 * @param name what they are called in the verdict.
 */
export async function fixedThreads(
  t: Experiment,
  size: "workers" | "threads",
  name: string,
): Promise<string> {
  const [small, large] = [await t.server({ [size]: FEW }), await t.server({ [size]: MANY })];
  await t.quiet(small);
  await t.quiet(large);
  const before = large.threads();
  const few = small.threads().length, many = before.length;
  const seen = `it had ${few} threads with ${FEW} ${name}, and ${many} with ${MANY}`;
  t.record("server", `has no client yet: ${seen}`);
  t.expect(
    Math.abs(many - few - (MANY - FEW)) <= RUNTIMES_OWN || large.sizes[size] === undefined,
    `before the first client came, ${seen}`,
    `Start exactly as many threads as there are to be ${name}, before the server listens.`,
  );
  await connectServed(t, large, 20);
  const growth = threadGrowth(large, before);
  const cost = costText(20, growth);
  t.expect(growth <= RUNTIMES_OWN, cost, "The pool's size is fixed: a client gets no new thread.");
  return `the pool stood before the first client came; ${cost}`;
}
