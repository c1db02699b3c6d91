/** What lessons with a fixed number of threads claim of them: they are there before any client. */
import type { Experiment } from "./experiment.ts";
import { connectServed, threadGrowth } from "./measure.ts";

const FEW = 2, MANY = 8;
/** A runtime's own threads come and go: one or two of them do not make a pool. */
const SPARE = 2;

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
  const more = before.length - small.threads().length;
  t.record(
    "server",
    `has ${more} threads more with ${MANY} ${name} than with ${FEW}, at no client`,
  );
  t.expect(
    Math.abs(more - (MANY - FEW)) <= SPARE || large.sizes[size] === undefined,
    `before the first client came, ${MANY} ${name} cost ${more} threads more than ${FEW} ${name}`,
    "The pool's threads start before the server listens.",
  );
  await connectServed(t, large, 20);
  const growth = Math.max(0, threadGrowth(large, before));
  t.expect(growth <= SPARE, `20 clients cost ${growth} threads`, "The pool's size is fixed.");
  return `the pool stood before the first client came; 20 clients cost ${growth} threads`;
}
