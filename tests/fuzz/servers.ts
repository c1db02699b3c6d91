/** A server under fuzz: several clients at once, each with cases of its own, on one server. */
import fc, { type Parameters } from "fast-check";
import { referenceTarget } from "../grader/server/reference_target.ts";
import { RunningServer } from "../grader/server/running_server.ts";
import type { Sizes, Target } from "../grader/server/target.ts";
import type { Subject } from "../conformance/subjects.ts";
import { Lane } from "./lane.ts";
import { expectedOf } from "./reference.ts";
import { settings } from "./run.ts";
import { stream } from "./streams.ts";

/** Clients at once. Model 1 serves one after the other, so it has one. */
const LANES = 4;
/** Long for a server that answers at all, and short for a test of one that does not. */
const SOON_MS = 2000;

/**
 * Plays cases to a model's server: what it answers has to be the reference's bytes, whole or cut, to
 * the client that asked, in order.
 *
 * @param cases how many, all clients together.
 * @throws Error with the seed, and the smallest case that fails.
 */
export function fuzzModel(subject: Subject, cases: number, seed: number): Promise<void> {
  const clients = subject.serial ? 1 : LANES;
  return fuzzServer(
    referenceTarget(subject.model, subject.io),
    subject.sizes,
    clients,
    cases,
    seed,
  );
}

/**
 * The same with any server; `clients` play at once.
 *
 * @param expectedToFail whether a case that fails is not made smaller, and a reply that does not come
 *   is not waited for long.
 */
export async function fuzzServer(
  target: Target,
  sizes: Sizes,
  clients: number,
  cases: number,
  seed: number,
  expectedToFail = false,
): Promise<void> {
  const server = await RunningServer.start(target, sizes);
  const runs: Promise<void>[] = [];
  try {
    const lanes = Array.from(
      { length: clients },
      () => new Lane(server.port, expectedToFail ? SOON_MS : undefined),
    );
    const share = Math.ceil(cases / lanes.length);
    runs.push(
      ...lanes.map((lane, i) =>
        fuzzLane(lane, { ...settings(share, seed + i), endOnFailure: expectedToFail })
      ),
    );
    await Promise.all(runs);
    if (!server.running) throw new Error(`the server has ended; ${server.lastWords}`);
  } catch (error) {
    if (error instanceof Error && server.stderr !== "") error.message += `\n${server.stderr}`;
    throw error;
  } finally {
    await server.stop();
    // Where one client found something, the others are still at it.
    await Promise.allSettled(runs);
  }
}

async function fuzzLane(lane: Lane, parameters: Parameters<unknown[]>): Promise<void> {
  const property = fc.asyncProperty(stream(), async (sent) => {
    const expected = expectedOf(sent.bytes);
    fc.pre(expected !== undefined);
    await lane.play(sent, expected!);
  });
  try {
    await fc.assert<unknown[]>(property as fc.IAsyncProperty<unknown[]>, parameters);
    await lane.end();
  } finally {
    lane.drop();
  }
}
