/**
 * How many requests a server works on at once, and which clients wait for each other: found by what they
 * get, whatever the system says of threads.
 */
import type { Client } from "../clients/client.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { shuffled } from "../experiment/random.ts";
import type { RunningServer } from "../server/running_server.ts";
import { blockAll, blockBusiness } from "./blocking.ts";
import { Computing } from "./computing.ts";
import { anyQuestion, askAll } from "./asking.ts";
import { connectServedTwice } from "./served_or_held.ts";
import { counted } from "./thread_count.ts";

/**
 * Lets the business of one client block, then of one more that is still answered, and so on until
 * none is. How many that takes is how many requests the server works on at once.
 *
 * @param clients connected, and served before.
 * @returns for each request that is under way, its client, and then those that it holds up.
 */
export async function blockOneByOne(
  t: Experiment,
  server: RunningServer,
  clients: readonly Client[],
): Promise<Client[][]> {
  const groups: Client[][] = [];
  for (let free = shuffled(t.random, clients); free.length > 0;) {
    const [next, ...others] = free;
    const by = await blockBusiness(t, server, next);
    const { answered, held } = await askAll(t, server, others, { by });
    groups.push([next, ...held]);
    free = answered;
  }
  return groups;
}

/** How many clients are to be under way at once, and how many others ask meanwhile. */
export interface Beside {
  /** Requests that wait. */
  readonly sleeping: number;
  /** 1: beside them one that computes. */
  readonly computing: 0 | 1;
  readonly others: number;
}

/**
 * Lets requests be under way, of clients in a drawn order, and others ask beside them. Fails unless all
 * of these are answered.
 *
 * @param when how the verdict begins, such as `with 2 workers and`.
 */
export async function answeredBeside(
  t: Experiment,
  server: RunningServer,
  { sleeping, computing, others }: Beside,
  when: string,
  hint: string,
): Promise<void> {
  const all = await connectServedTwice(t, server, sleeping + computing + others);
  const clients = shuffled(t.random, all);
  if (sleeping > 0) await blockAll(t, server, clients.splice(0, sleeping));
  const computes = computing === 1
    ? await Computing.start(t, server, clients.splice(0, 1)[0])
    : undefined;
  const { held, answeredMs } = await askAll(t, server, clients, { expected: "answered" });
  const late = held.length + (computes?.lateOnes(answeredMs) ?? 0);
  const business = computes === undefined ? "" : ", of which one computes";
  t.expect(
    late === 0,
    `${when} ${counted(sleeping + computing, "request")} under way${business}, ` +
      `${late} of ${others} others were held up`,
    hint,
  );
}

/** Clients beyond those whose requests block, that have to wait. */
const OTHERS = 3;

/**
 * Blocks requests until all others are held up.
 *
 * @param told how many that takes, if the server was told so.
 * @param most how many to try when it was not.
 * @returns how many are under way; Infinity when others were still answered.
 */
export async function blockUntilHeld(
  t: Experiment,
  server: RunningServer,
  told: number | undefined,
  most: number,
): Promise<number> {
  const all = await connectServedTwice(t, server, (told ?? most) + OTHERS);
  const clients = shuffled(t.random, all);
  const others = clients.splice(0, OTHERS);
  let busy = 0;
  // The same each time: a server that remembers the answer, and does not do the work, answers it.
  const question = anyQuestion(t);
  if (told !== undefined && told > 1) {
    busy = told - 1;
    await blockAll(t, server, clients.splice(0, busy));
    const { answered } = await askAll(t, server, others, { question, expected: "answered" });
    if (answered.length === 0) return busy;
  }
  for (const client of clients) {
    await blockBusiness(t, server, client);
    busy++;
    const { answered } = await askAll(t, server, others, { question });
    if (answered.length === 0) return busy;
  }
  return Infinity;
}
